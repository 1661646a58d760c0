import { expect, it } from 'vitest';
import { ApiError } from '../../api/api-error.js';
import { addTag, forEach, peopleOf } from './bulk.js';

const person = (id: string) => ({ id, name: id, email: null });
const people = ['a', 'b', 'c', 'd', 'e', 'f'].map(person);

it('lists each contact once, however many conversations they have', () => {
  const conversations = ['a', 'b', 'a'].map((id) => ({ contact: person(id) }));
  expect(peopleOf(conversations).map(({ id }) => id)).toEqual(['a', 'b']);
});

it('continues after a failure, and says in order for whom it failed', async () => {
  const done: string[] = [];
  const failed = await forEach(people, async ({ id }) => {
    await Promise.resolve();
    if ('eb'.includes(id)) throw new ApiError('not_found', `${id} is gone`);
    done.push(id);
  });
  expect(done.toSorted()).toEqual(['a', 'c', 'd', 'f']);
  expect(failed.map(({ person: { id }, message }) => [id, message])).toEqual([
    ['b', 'b is gone'],
    ['e', 'e is gone'],
  ]);
});

it('handles a few at a time', async () => {
  let now = 0;
  let most = 0;
  await forEach([...people, ...people], async () => {
    most = Math.max(most, (now += 1));
    await Promise.resolve();
    now -= 1;
  });
  expect(most).toBe(4);
});

it('adds a tag to those of a contact, and changes nothing if it is already there', async () => {
  const changes: unknown[] = [];
  const api = {
    read: async (id: string) => ({ tags: id === 'a' ? ['vip'] : ['old'] }),
    change: async (...change: unknown[]) => changes.push(change),
  };
  await addTag(api, 'a', 'vip');
  await addTag(api, 'b', 'vip');
  expect(changes).toEqual([['b', { tags: ['old', 'vip'] }]]);
});
