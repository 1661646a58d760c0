import { readdirSync } from 'node:fs';
import { flowSchema, nodeTypes } from '@crmflow/contracts';
import { checkFlow } from '@crmflow/expressions';
import { askPairs, cardHeight, cardWidths, directionOf } from '@crmflow/layout';
import { crashLottery, explore, runTests } from '@crmflow/proof';
import { describe, expect, it } from 'vitest';
import { builtInTemplates, findBuiltIn } from './built-in.js';

const templates = builtInTemplates();

describe('the templates of the product', () => {
  it('are all the files that there are', () => {
    const files = readdirSync(new URL('../../../templates/', import.meta.url)).sort();
    const known = templates.map(({ id }) => id.replace(/^template-(.*)$/, '$1.json')).sort();
    expect(known).toEqual(files);
    expect(templates.length).toBeGreaterThanOrEqual(8);
  });

  it('show all six kinds of node', () => {
    const used = new Set(templates.flatMap(({ flow }) => flow.nodes.map(({ type }) => type)));
    expect([...used].sort()).toEqual([...nodeTypes].sort());
  });

  it.each(templates)('$id is a flow without a problem', ({ flow }) => {
    expect(checkFlow(flowSchema.parse(flow))).toEqual([]);
  });

  it.each(templates)('$id goes on where the model or a service fails', ({ flow }) => {
    // What only a model calls has no edges: the model is told of its failure.
    const reached = new Set(flow.edges.map(({ target }) => target));
    const calls = flow.nodes.filter(
      ({ id, type }) => type === 'ai' || (type === 'integration' && reached.has(id)),
    );
    const caught = flow.edges.filter(({ sourceHandle }) => sourceHandle === 'error');
    expect(caught.map(({ source }) => source).sort()).toEqual(calls.map(({ id }) => id).sort());
  });

  it.each(templates)('$id is laid out from top to bottom, no card on another', ({ flow }) => {
    const { nodes, edges } = flow;
    const { replyOf, askOf } = askPairs(nodes, edges);
    const cards = nodes.filter(({ id }) => !askOf.has(id));
    const height = (node: (typeof nodes)[number]) =>
      cardHeight(
        node,
        'down',
        nodes.find(({ id }) => id === replyOf.get(node.id)),
      );
    const overlaps = cards.flatMap((one, i) =>
      cards
        .slice(i + 1)
        .filter(
          (other) =>
            Math.abs(one.position.x - other.position.x) < cardWidths.down &&
            one.position.y < other.position.y + height(other) &&
            other.position.y < one.position.y + height(one),
        )
        .map((other) => `${one.id} and ${other.id}`),
    );
    expect(overlaps).toEqual([]);
    expect(nodes.every(({ position }) => position.x >= 0 && position.y >= 0)).toBe(true);
    expect(directionOf(nodes, edges)).toBe('down');
  });

  it.each(templates)('$id passes its tests, which gate it and reach every handle', async (one) => {
    const flow = flowSchema.parse(one.flow);
    const { tests = [] } = flow;
    expect(tests.length).toBeGreaterThan(0);
    expect(tests.filter(({ gate }) => !gate)).toEqual([]);
    const { results, coverage } = await runTests(flow, tests);
    expect(
      results.flatMap(({ testId, failures }) => failures.map((f) => ({ testId, ...f }))),
    ).toEqual([]);
    expect(coverage.handles.missing).toEqual([]);
    expect(coverage.nodes.missing).toEqual([]);
    expect(tests.map((test) => crashLottery(flow, test))).toEqual(tests.map(() => undefined));
  });

  it.each(templates)('$id has no weak spot for the explorer', ({ flow }) => {
    const { findings, isComplete } = explore(flowSchema.parse(flow));
    expect([isComplete, findings]).toEqual([true, []]);
  });

  it('can be read by their IDs', () => {
    expect(findBuiltIn('template-faq')?.name).toBe('FAQ');
    expect(findBuiltIn('faq')).toBeUndefined();
  });
});
