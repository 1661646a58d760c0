import { type FlowNode, type Graph, toolUsesOf, variablesOf } from '@crmflow/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { components, predecessors, reachableFrom, successors } from './successors.js';
import { knownVariables } from './unknown-variables.js';

const size = 7;
const place = fc.integer({ min: 0, max: size - 1 });
const wires = fc.array(fc.tuple(place, place), { maxLength: 14 });

/** A graph where node 3 is an ai node that calls node 4, and some nodes set variables. */
const graphs = fc
  .record({
    wires,
    names: fc.array(fc.constantFrom('', 'a', 'b', 'c'), { minLength: size, maxLength: size }),
  })
  .map(({ wires, names }): Graph => {
    const tools = [{ kind: 'integration', node: '4', name: 'look', description: 'x' }];
    const nodes = names.map((name, id) => {
      const shape = { id: String(id), label: '', position: { x: 0, y: 0 } };
      if (id === 3) return { ...shape, type: 'ai', data: { saveAs: name, tools } };
      if (id === 4) return { ...shape, type: 'integration', data: { kind: 'http', saveAs: name } };
      return { ...shape, type: 'listen', data: { variable: name } };
    });
    const edges = wires.map(([source, target], index) => ({
      ...{ id: String(index), source: String(source), sourceHandle: 'out' },
      target: String(target),
    }));
    return { nodes: nodes as unknown as FlowNode[], edges };
  });

/** The same as `knownVariables`, by a walk back from each node. */
function knownByWalking({ nodes, edges }: Graph, id: string): string[] {
  const before = predecessors(edges);
  const uses = toolUsesOf(nodes);
  const callers = predecessors(uses).get(id) ?? [];
  const starts = [...(before.get(id) ?? []), ...callers];
  const behind = reachableFrom([...starts], before);
  const called = successors(uses);
  for (const one of [...behind]) for (const tool of called.get(one) ?? []) behind.add(tool);
  return nodes.filter((node) => behind.has(node.id)).flatMap(variablesOf);
}

describe('the variables that are set before a node', () => {
  it('are those that a walk back from it finds', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const knownAt = knownVariables(graph, ['c']);
        for (const { id } of graph.nodes) {
          const expected = new Set(['c', ...knownByWalking(graph, id)]);
          expect(new Set(knownAt(id).names())).toEqual(expected);
        }
      }),
    );
  });
});

describe('strongly connected components', () => {
  it('hold nodes that reach each other, and come after those that they lead to', () => {
    fc.assert(
      fc.property(wires, (pairs) => {
        const next = successors(
          pairs.map(([source, target]) => ({ source: String(source), target: String(target) })),
        );
        const ids = Array.from({ length: size }, (_, id) => String(id));
        const reached = (id: string) => reachableFrom(next.get(id) ?? [], next);
        const found = components(ids, next);
        expect(found.flatMap((one) => one.ids).sort()).toEqual(ids);
        const met = new Set<string>();
        for (const { ids: members, isLoop } of found) {
          for (const id of members) {
            const together = [...reached(id)].filter((one) => reached(one).has(id));
            expect([...together].sort()).toEqual(isLoop ? [...members].sort() : []);
            met.add(id);
          }
          for (const id of members) for (const one of reached(id)) expect(met.has(one)).toBe(true);
        }
      }),
    );
  });
});
