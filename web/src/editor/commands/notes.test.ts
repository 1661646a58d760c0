import { expect, it } from 'vitest';
import { openFlow, readFlow } from '../model/flow-document.js';
import { copy, paste } from './clipboard.js';
import { replaceFlow } from './flow.js';
import { moveFrom, placesOf } from './move.js';
import { newNode } from './new-node.js';
import { remove } from './nodes.js';
import { addNote, writeNote } from './notes.js';

const ask = { id: 'ask', text: 'Ask sales', position: { x: 0, y: 0 } };
const later = { id: 'later', text: 'Later', position: { x: 10, y: 20 } };
const start = {
  name: 'A flow',
  description: '',
  variables: [],
  nodes: [newNode('speak', 'hello', 'Hello', { x: 0, y: 0 })],
  edges: [],
  notes: [ask],
};

it('are read as they were opened, and left out where there are none', () => {
  const document = openFlow(start);
  expect(readFlow(document)).toEqual(start);
  document.apply(remove(document, { notes: ['ask'] }));
  expect(readFlow(document)).not.toHaveProperty('notes');
});

it('are added, written and moved with nodes', () => {
  const document = openFlow(start);
  document.apply(addNote(document, later));
  document.apply(writeNote(document, 'ask', 'Asked'));
  expect(writeNote(document, 'ask', 'Asked').size).toBe(0);
  const places = placesOf(document, { nodes: ['hello'], notes: ['later', 'gone'] });
  document.apply(moveFrom(document, places, { x: 5, y: 5 }));
  expect(document.notes()).toEqual([
    { ...ask, text: 'Asked' },
    { ...later, position: { x: 15, y: 25 } },
  ]);
  expect(document.node('hello')?.position).toEqual({ x: 5, y: 5 });
});

it('are copied under new ids', () => {
  const document = openFlow(start);
  const fragment = copy(document, new Set(), new Set(['ask']));
  const { diff, noteIds } = paste(document, fragment, { x: 8, y: 8 }, () => 'new');
  document.apply(diff);
  expect(noteIds).toEqual(['new']);
  expect(document.notes()).toEqual([ask, { ...ask, id: 'new', position: { x: 8, y: 8 } }]);
});

it('are those of another flow once it is taken', () => {
  const document = openFlow(start);
  document.apply(replaceFlow(document, { ...start, notes: [later] }));
  expect(document.notes()).toEqual([later]);
});
