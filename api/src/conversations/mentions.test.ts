import { expect, it } from 'vitest';
import { mentionsIn } from './mentions.js';

const members = [
  { id: 'ana', name: 'Ana', email: 'ana@example.com' },
  { id: 'ana-lopez', name: 'Ana Lopez', email: 'lopez@example.com' },
  { id: 'other-ana', name: 'ana', email: 'other@example.com' },
  { id: 'nameless', name: '', email: 'nobody@example.com' },
];

it.each([
  ['Please look, @Ana', ['ana', 'other-ana']],
  ['@Ana Lopez, can you call?', ['ana-lopez']],
  ['@ANA LOPEZ and @nobody@example.com', ['ana-lopez', 'nameless']],
  ['@Anabel wrote from me@ana', []],
  ['@ana-lopez is not a name, but begins with one', ['ana', 'other-ana']],
  ['@', []],
  ['no one', []],
])('%s', (text, ids) => {
  expect(mentionsIn(text, members)).toEqual(ids);
});
