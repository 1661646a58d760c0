import { describe, expect, it } from 'vitest';
import { connect } from './commands/edges.js';
import { moveFrom, placesOf } from './commands/move.js';
import { addPiece, newNode, newQuestion } from './commands/new-node.js';
import { placeNodes, remove } from './commands/nodes.js';
import { createHistory } from './history/history.js';
import { cardIdOf, cardNodes, leavingNode, nodesOfCards } from './model/asks.js';
import { openFlow } from './model/flow-document.js';
import { createSelection } from './selection.js';

const at = { x: 100, y: 100 };

function open() {
  const document = openFlow({
    ...{ name: 'A flow', description: '', variables: [], edges: [] },
    nodes: [newNode('ai', 'other', 'Other', { x: 900, y: 0 })],
  });
  const history = createHistory(document);
  let ids = 0;
  const newId = () => `n${(ids += 1)}`;
  return { document, history, newId, selection: createSelection(document) };
}

/** A flow with a question in it. */
function asked() {
  const opened = open();
  const question = newQuestion(opened.newId, 'Question', at);
  opened.history.run('Add', addPiece(opened.document, question));
  const ask = question.first.id;
  const reply = opened.document.asks.value.replyOf.get(ask) ?? '';
  return { ...opened, ask, reply };
}

describe('a question', () => {
  it('is two nodes and one card, added and taken back as one', () => {
    const { document, history, ask, reply } = asked();
    expect(document.nodes()).toHaveLength(3);
    expect(cardNodes(document).map(({ id }) => id)).toEqual(['other', ask]);
    expect(cardIdOf(document, reply)).toBe(ask);
    expect(leavingNode(document, ask)?.id).toBe(reply);
    expect(nodesOfCards(document, ['other', ask])).toEqual(['other', ask, reply]);
    history.undo();
    expect(document.nodes()).toHaveLength(1);
    expect(document.asks.value.replyOf.size).toBe(0);
  });

  it('moves as one, and each to its place where both are given one', () => {
    const { document, history, ask, reply } = asked();
    const before = document.node(reply)?.position ?? at;
    history.run('Move', moveFrom(document, placesOf(document, { nodes: [ask], notes: [] }), at));
    expect(document.node(ask)?.position).toEqual({ x: 200, y: 200 });
    expect(document.node(reply)?.position).toEqual({ x: before.x + 100, y: before.y + 100 });
    const places = new Map([
      [ask, { x: 0, y: 0 }],
      [reply, { x: 5, y: 5 }],
    ]);
    history.run('Tidy up', placeNodes(document, places));
    expect(document.node(reply)?.position).toEqual({ x: 5, y: 5 });
  });

  it('is two cards as soon as something else leads to the reply', () => {
    const { document, history, newId, reply } = asked();
    const outlet = { source: 'other', sourceHandle: 'out' };
    history.run('Connect', connect(document, outlet, reply, newId()));
    expect(cardNodes(document)).toHaveLength(3);
    history.undo();
    expect(cardNodes(document)).toHaveLength(2);
  });
});

describe('the selection', () => {
  it('is of cards, whichever node of a question is meant', () => {
    const { document, history, newId, selection, ask, reply } = asked();
    selection.set({ nodes: [reply] });
    expect([...selection.current.value.nodes]).toEqual([ask]);
    selection.set({ nodes: [ask, reply] });
    expect([...selection.current.value.nodes]).toEqual([ask]);
    const outlet = { source: 'other', sourceHandle: 'out' };
    selection.set({ nodes: [reply] });
    history.run('Connect', connect(document, outlet, reply, newId()));
    expect([...selection.current.value.nodes]).toEqual([reply]);
  });

  it('holds nothing that is gone, and is the same object as long as it is the same', () => {
    const { document, history, selection, ask } = asked();
    selection.set({ nodes: [ask, 'other'] });
    const { value } = selection.current;
    history.run('Delete', remove(document, { nodes: ['other'] }));
    expect([...selection.current.value.nodes]).toEqual([ask]);
    history.undo();
    expect(selection.current.value).toEqual(value);
    expect(selection.current.value).toBe(selection.current.value);
  });
});
