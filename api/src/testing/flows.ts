import type { FlowInput } from '@crmflow/contracts';

/** The smallest flow that runs: it greets and ends. Written with as few fields as allowed. */
export const greeting: Omit<FlowInput, 'schemaVersion'> = {
  name: 'Greeting',
  nodes: [
    { id: 't', type: 'trigger', label: 'Start', position: { x: 0, y: 0.5 }, data: {} },
    { id: 's', type: 'speak', label: '', position: { x: -200, y: 1e3 }, data: { text: 'Hello' } },
  ],
  edges: [{ id: 'e', source: 't', sourceHandle: 'out', target: 's' }],
  variables: [{ name: 'mood', default: { b: 1, a: [null, 'x'] } }],
};
