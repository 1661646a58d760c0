import { expect, it } from 'vitest';
import { alertOf } from './alerts.js';

const of = (assigneeId: string | null, waitingSince: string | null = null) => ({
  ...{ assigneeId, waitingSince },
});
const said = { conversationId: 'c', isFromVisitor: true };

it.each([
  ['what is said to me', said, of('me'), 'message'],
  ['what is said to another', said, of('ben'), null],
  ['who waits for anyone', said, of(null, '2026-01-01'), 'message'],
  ['who talks to the flow', said, of(null), null],
  ['what the flow says', { conversationId: 'c' }, of('me'), null],
  ['a note that names me', { conversationId: 'c', mentions: ['me'] }, of('ben'), 'mention'],
])('%s', (_, changed, conversation, alert) => {
  expect(alertOf(changed, conversation, 'me')).toBe(alert);
});
