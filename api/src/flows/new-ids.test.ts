import { flowSchema, type FlowInput, withTools } from '@crmflow/contracts';
import { checkFlow } from '@crmflow/expressions';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryFlow } from '../../../workflows/test/arbitrary-flow.js';
import type { FlowGraph } from './flow-graph.js';
import { withNewIds } from './new-ids.js';

const graphOf = ({ nodes, edges, variables = [] }: FlowInput): FlowGraph => ({
  nodes,
  edges,
  variables,
});

/** What a graph is but for its ids: nodes by their place, edges from place to place. */
function shapeOf({ nodes, edges, variables }: FlowGraph) {
  const placeOf = (id: string) => nodes.findIndex((node) => node.id === id);
  return {
    variables,
    nodes: nodes.map((node) => {
      const { type, label, position, data } = withTools(node, (id) => String(placeOf(id)));
      return { type, label, position, data };
    }),
    edges: edges.map((edge) => [placeOf(edge.source), edge.sourceHandle, placeOf(edge.target)]),
  };
}

const problemsOf = (graph: FlowGraph) =>
  checkFlow(flowSchema.parse({ schemaVersion: 1, name: 'any', ...graph })).map(({ code }) => code);

const branch = (when: string): FlowGraph => ({
  nodes: [
    {
      ...{ id: 'pay', type: 'logic', label: 'pay', position: { x: 0, y: 0 } },
      data: { kind: 'branch', cases: [{ handle: 'pay', when }] },
    },
  ],
  edges: [],
  variables: [],
});

const renamed = (when: string) => {
  const [node] = withNewIds(branch(when), () => 'new').nodes;
  return node?.data;
};

describe('a graph with new ids', () => {
  it('is the same but for its ids, of which it shares none with the old one', () => {
    fc.assert(
      fc.property(arbitraryFlow, (flow) => {
        const old = graphOf(flow);
        const copy = withNewIds(old);
        expect(shapeOf(copy)).toEqual(shapeOf(old));
        expect(problemsOf(copy)).toEqual(problemsOf(old));
        const idsOf = ({ nodes, edges }: FlowGraph) => [...nodes, ...edges].map(({ id }) => id);
        const fresh = new Set(idsOf(copy));
        expect(fresh.size).toBe(idsOf(old).length);
        for (const id of idsOf(old)) expect(fresh).not.toContain(id);
      }),
    );
  });

  it.each([
    ['run.error.nodeId == "pay"', 'run.error.nodeId == "new"'],
    [`'pay' != run.error.nodeId`, `'new' != run.error.nodeId`],
    ['run.error.nodeId in ["pay", "other"]', 'run.error.nodeId in ["new", "other"]'],
    [
      'vars.kind == "pay" && run.error.nodeId=="pay"',
      'vars.kind == "pay" && run.error.nodeId=="new"',
    ],
    ['vars.nodeIds == "pay"', 'vars.nodeIds == "pay"'],
    ['run.error.nodeId == "other"', 'run.error.nodeId == "other"'],
  ])('has %s as %s; handles stay', (when, expected) => {
    expect(renamed(when)).toEqual({ kind: 'branch', cases: [{ handle: 'pay', when: expected }] });
  });
});
