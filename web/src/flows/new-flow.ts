import type { FlowInput } from '@crmflow/contracts';
import { texts } from '../texts.js';

/** A flow to begin with: where the conversation starts, and nothing said yet. */
export function newFlow(): FlowInput {
  return {
    schemaVersion: 1,
    name: texts.flows.untitled,
    nodes: [
      {
        id: 'start',
        type: 'trigger',
        label: texts.flows.chatOpens,
        position: { x: 0, y: 0 },
        data: { kind: 'chat' },
      },
    ],
    edges: [],
  };
}
