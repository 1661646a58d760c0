import { expect, it } from 'vitest';
import { chatSettingsOf, mergeSettings } from './settings.js';

it('changes what is sent, and of the limits those that are', () => {
  const stored = { title: 'Help', domains: ['a.example'], limits: { messageBytes: 500 } };
  const sent = { domains: [], limits: { openConversations: 1 } };
  const merged = mergeSettings(stored, sent);
  expect(merged).toEqual({
    ...{ title: 'Help', domains: [] },
    limits: { messageBytes: 500, openConversations: 1 },
  });
  expect(mergeSettings(merged, {})).toEqual(merged);
  expect(chatSettingsOf(merged)).toMatchObject({
    ...{ title: 'Help', welcome: '', onReturn: 'resume', consent: null },
    limits: { messageBytes: 500, openConversations: 1, conversationsPerHour: 10 },
  });
});

it('stores no defaults', () => {
  expect(mergeSettings({}, {})).toEqual({});
});
