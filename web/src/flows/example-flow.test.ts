import { flowSchema, nodeTypes } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { exampleFlow } from './example-flow.js';

describe('the example', () => {
  it('is a valid flow with all six kinds of node', () => {
    const flow = flowSchema.parse(exampleFlow);
    expect(new Set(flow.nodes.map(({ type }) => type))).toEqual(new Set(nodeTypes));
  });

  it('goes on whatever fails', () => {
    const wired = new Set(exampleFlow.edges.map((one) => `${one.source}.${one.sourceHandle}`));
    for (const { id, type } of exampleFlow.nodes) {
      if (type === 'ai' || type === 'integration') expect(wired).toContain(`${id}.error`);
    }
  });
});
