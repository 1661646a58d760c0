import { layOutFlow } from '@crmflow/layout';
import type { LayoutAnswer, LayoutRequest } from './messages.js';

self.addEventListener('message', ({ data }: MessageEvent<LayoutRequest>) => {
  const answer: LayoutAnswer = layOutFlow(data.nodes, data.edges, data.direction);
  self.postMessage(answer);
});
