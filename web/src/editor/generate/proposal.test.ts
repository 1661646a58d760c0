import { expect, test } from 'vitest';
import type { EditedFlow } from '../model/record.js';
import { countChanges, propose } from './proposal.js';

const speak = (id: string, text: string, x = 0) => ({
  id,
  type: 'speak' as const,
  label: id,
  position: { x, y: 0 },
  data: { mode: 'text' as const, text },
});
const edge = (source: string, target: string) => ({
  id: `${source}-${target}`,
  source,
  sourceHandle: 'out',
  target,
});
const flow = (nodes: EditedFlow['nodes'], edges: EditedFlow['edges']): EditedFlow => ({
  name: 'Flow',
  description: '',
  variables: [],
  nodes,
  edges,
});

test('A proposal tells what comes, what changes and what goes', () => {
  const before = flow(
    [speak('a', 'one'), speak('b', 'two'), speak('c', 'three')],
    [edge('a', 'b'), edge('b', 'c')],
  );
  const after = flow(
    [speak('a', 'one'), speak('b', 'other'), speak('d', 'four')],
    [edge('a', 'b'), edge('b', 'd')],
  );
  const proposal = propose(before, after);
  expect([...proposal.changes]).toEqual([
    ['c', 'removed'],
    ['b', 'changed'],
    ['d', 'added'],
  ]);
  expect(countChanges(proposal)).toEqual({ added: 1, changed: 1, removed: 1 });
  expect(proposal.flow).toBe(after);
});

test('A node that only stands elsewhere, or has its keys in another order, is not changed', () => {
  const before = flow([speak('a', 'one')], []);
  const { data } = speak('a', 'one');
  const after = flow(
    [{ ...speak('a', 'one', 500), data: { text: data.text, mode: data.mode } }],
    [],
  );
  expect(propose(before, after).changes.size).toBe(0);
});

test('What goes is still shown, with the wires that it had', () => {
  const before = flow([speak('a', 'one'), speak('b', 'two')], [edge('a', 'b')]);
  const { shown } = propose(before, flow([speak('a', 'one')], []));
  expect(shown.nodes.map(({ id }) => id)).toEqual(['a', 'b']);
  expect(shown.edges).toEqual([edge('a', 'b')]);
});
