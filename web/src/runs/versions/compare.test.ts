import type { VersionWithGraph, FlowResource } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { compare } from './compare.js';

const say = (id: string, text = id) => ({
  ...{ id, type: 'speak' as const, label: id, position: { x: 0, y: 0 } },
  data: { mode: 'text' as const, text },
});
const edge = (source: string, target: string) => ({
  ...{ id: `${source}-${target}`, source, sourceHandle: 'out', target },
});
const graph = (nodes: object[], edges: object[] = [], variables: object[] = []) =>
  ({ name: 'A', nodes, edges, variables }) as unknown as FlowResource & VersionWithGraph;

describe('a version beside the draft', () => {
  it('is the same where only places differ', () => {
    const moved = { ...say('a'), position: { x: 500, y: 500 } };
    expect(compare(graph([say('a')]), graph([moved])).isSame).toBe(true);
  });

  it('says which nodes would come, go and change', () => {
    const draft = graph([say('a'), say('b'), say('c')]);
    const { changes, isSame } = compare(draft, graph([say('a'), say('b', 'other'), say('d')]));
    expect(Object.fromEntries(changes)).toEqual({ b: 'changed', c: 'removed', d: 'added' });
    expect(isSame).toBe(false);
  });

  it('says that wires and variables differ', () => {
    const nodes = [say('a'), say('b')];
    const other = compare(graph(nodes, [edge('a', 'b')]), graph(nodes, [], [{ name: 'x' }]));
    expect(other).toMatchObject({ wires: 1, hasOtherVariables: true, isSame: false });
  });
});
