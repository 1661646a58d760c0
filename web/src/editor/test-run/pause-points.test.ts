import { expect, it } from 'vitest';
import { newNode } from '../commands/new-node.js';
import { remove } from '../commands/nodes.js';
import { invert } from '../model/diff.js';
import { openFlow } from '../model/flow-document.js';
import { createPausePoints } from './pause-points.js';

const flow = () =>
  openFlow({
    name: '',
    description: '',
    variables: [],
    edges: [],
    nodes: ['a', 'b'].map((id) => newNode('speak', id, id, { x: 0, y: 0 })),
  });

function device(kept = new Map<string, string>()) {
  return {
    read: (key: string) => kept.get(key) ?? null,
    write: (key: string, text: string) => void (text ? kept.set(key, text) : kept.delete(key)),
    kept,
  };
}

it('keeps what was toggled on the device, for each flow', () => {
  const storage = device();
  const points = createPausePoints('one', flow(), storage);
  points.toggle(['a']);
  points.toggle(['b']);
  points.toggle(['a']);
  expect([...createPausePoints('one', flow(), storage).nodeIds.value]).toEqual(['b']);
  expect(createPausePoints('other', flow(), storage).nodeIds.value.size).toBe(0);
  points.toggle(['b']);
  expect(storage.kept.size).toBe(0);
});

it('forgets nodes that the flow has not, until they are back', () => {
  const document = flow();
  const points = createPausePoints('one', document, device());
  points.toggle(['b']);
  const gone = remove(document, { nodes: ['b'] });
  document.apply(gone);
  expect(points.nodeIds.value.size).toBe(0);
  document.apply(invert(gone));
  expect([...points.nodeIds.value]).toEqual(['b']);
});

it('is not troubled by what else may stand in the storage', () => {
  const kept = new Map([['pauses.one', '{"a":']]);
  expect(createPausePoints('one', flow(), device(kept)).nodeIds.value.size).toBe(0);
});
