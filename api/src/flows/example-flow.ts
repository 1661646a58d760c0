import type { FlowInput } from '@crmflow/contracts';

const at = (y: number) => ({ x: 0, y });

/** A small flow that works, for the documentation: it asks for a name and greets by it. */
export const exampleFlow = {
  name: 'A greeting',
  nodes: [
    { id: 'start', type: 'trigger', label: 'Start', position: at(0), data: { kind: 'chat' } },
    {
      id: 'ask',
      type: 'listen',
      label: 'Ask for the name',
      position: at(140),
      data: { variable: 'name' },
    },
    {
      id: 'greet',
      type: 'speak',
      label: 'Greet',
      position: at(280),
      data: { mode: 'text', text: 'Good day, {{ vars.name }}!' },
    },
  ],
  edges: [
    { id: 'e1', source: 'start', sourceHandle: 'out', target: 'ask' },
    { id: 'e2', source: 'ask', sourceHandle: 'out', target: 'greet' },
  ],
} satisfies Omit<FlowInput, 'schemaVersion'>;
