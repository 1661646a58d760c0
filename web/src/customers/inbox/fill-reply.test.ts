import type { Contact } from '@crmflow/contracts';
import { expect, it } from 'vitest';
import { fillReply, hasBlanks, slashBefore } from './fill-reply.js';

const ada = {
  name: 'Ada',
  email: null,
  phone: '1',
  attributes: { plan: 'pro' },
} as unknown as Contact;

it.each([
  ['Hello {{contact.name}}!', 'Hello Ada!', null],
  ['{{ contact.phone }}, {{contact.plan}}', '1, pro', null],
  ['To {{contact.email}}', 'To {{contact.email}}', [3, 20]],
  ['At {{time}}, {{contact.name}}', 'At {{time}}, Ada', [3, 11]],
  ['{{contact.constructor}}', '{{contact.constructor}}', [0, 23]],
])('%s', (text, filled, blank) => {
  expect(fillReply(text, ada)).toEqual({ text: filled, blank });
});

it('finds blanks that still have to be filled in', () => {
  expect([hasBlanks('At {{time}}'), hasBlanks('At {{time'), hasBlanks('At 9')]).toEqual([
    ...[true, false, false],
  ]);
});

it.each([
  ['/he', { word: 'he', start: 0 }],
  ['Well: /', { word: '', start: 6 }],
  ['and/or', null],
  ['/hello you', null],
])('%s', (text, slash) => {
  expect(slashBefore(text, text.length)).toEqual(slash);
});
