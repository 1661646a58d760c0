import { flowSchema, nodeTypes } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { exampleFlow } from './example-flow.js';
import { de } from './texts/de.js';
import { en } from './texts/en.js';

describe.each([en, de])('the example in each language', ({ example }) => {
  it('is a valid flow with all six kinds of node', () => {
    const flow = flowSchema.parse(exampleFlow(example));
    expect(new Set(flow.nodes.map(({ type }) => type))).toEqual(new Set(nodeTypes));
  });

  it('goes on whatever fails', () => {
    const { nodes, edges } = exampleFlow(example);
    const wired = new Set(edges.map((one) => `${one.source}.${one.sourceHandle}`));
    for (const { id, type } of nodes) {
      if (type === 'ai' || type === 'integration') expect(wired).toContain(`${id}.error`);
    }
  });
});
