import { layOut } from '@crmflow/layout';
import type { LayoutAnswer, LayoutRequest } from './messages.js';

self.addEventListener('message', ({ data }: MessageEvent<LayoutRequest>) => {
  const answer: LayoutAnswer = layOut(data.nodes, data.edges);
  self.postMessage(answer);
});
