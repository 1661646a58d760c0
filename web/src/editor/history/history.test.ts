import { expect, it } from 'vitest';
import { setFlow } from '../commands/flow.js';
import { addPiece, newNode } from '../commands/new-node.js';
import { moveFrom, placesOf } from '../commands/move.js';
import { openFlow, readFlow } from '../model/flow-document.js';
import { createHistory } from './history.js';

const start = {
  name: 'A flow',
  description: '',
  variables: [],
  nodes: [newNode('speak', 'hello', 'Hello', { x: 0, y: 0 })],
  edges: [],
};

function open() {
  const document = openFlow(start);
  return { document, history: createHistory(document) };
}

const moveHello = (document: ReturnType<typeof openFlow>) =>
  moveFrom(document, placesOf(document, { nodes: ['hello'], notes: [] }), { x: 1, y: 2 });

it('takes all of a drag back at once', () => {
  const { document, history } = open();
  const drag = history.begin('Move');
  for (let at = 0; at < 50; at += 1) drag.update(moveHello(document));
  drag.commit();
  expect(document.node('hello')?.position).toEqual({ x: 50, y: 100 });
  history.undo();
  expect(readFlow(document)).toEqual(start);
  expect(history.undoName.value).toBeUndefined();
});

it('makes no step of what ends as it began', () => {
  const { document, history } = open();
  history.run('Rename', setFlow(document, { name: 'A flow' }));
  expect(history.undoName.value).toBeUndefined();
});

it('forgets what was undone once something else is done', () => {
  const { document, history } = open();
  history.run('Add', addPiece(document, { first: newNode('ai', 'a', 'Answer', { x: 0, y: 0 }) }));
  history.undo();
  expect(history.redoName.value).toBe('Add');
  history.run('Rename', setFlow(document, { name: 'Another' }));
  expect(history.redoName.value).toBeUndefined();
});

it('keeps a late update of a gesture that is over out of the document', () => {
  const { document, history } = open();
  const drag = history.begin('Move');
  drag.cancel();
  drag.update(moveHello(document));
  expect(readFlow(document)).toEqual(start);
});

it('names what is still being done as what undo takes back', () => {
  const { document, history } = open();
  history.run('Rename', setFlow(document, { name: 'Another' }));
  history.undo();
  const typing = history.begin('Edit Hello');
  expect([history.undoName.value, history.redoName.value]).toEqual([undefined, 'Rename']);
  typing.update(moveHello(document));
  expect([history.undoName.value, history.redoName.value]).toEqual(['Edit Hello', undefined]);
  history.undo();
  expect(readFlow(document)).toEqual(start);
  expect([history.undoName.value, history.redoName.value]).toEqual([undefined, 'Edit Hello']);
});
