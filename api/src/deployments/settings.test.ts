import { chatSettingsInputSchema, type JsonObject } from '@crmflow/contracts';
import { expect, it } from 'vitest';
import { chatSettingsOf, mergeChat } from './settings.js';

it('changes what is sent, and of the limits those that are', () => {
  const stored = { title: 'Help', domains: ['a.example'], limits: { messageBytes: 500 } };
  const sent = { domains: [], limits: { openConversations: 1 } };
  const merged = mergeChat(stored, sent);
  expect(merged).toEqual({
    ...{ title: 'Help', domains: [] },
    limits: { messageBytes: 500, openConversations: 1 },
  });
  expect(mergeChat(merged as JsonObject, {})).toEqual(merged);
  expect(chatSettingsOf(merged)).toMatchObject({
    ...{ title: 'Help', welcome: '', onReturn: 'resume', consent: null, burst: null },
    limits: { messageBytes: 500, openConversations: 1, conversationsPerHour: 10 },
  });
});

it.each([
  ['PT0.5S', 'PT0.5S', []],
  ['PT30S', 'PT2M', []],
  ['PT0.4S', 'PT3S', ['quiet']],
  ['PT31S', 'PT1M', ['quiet']],
  ['PT3S', 'PT2M1S', ['max']],
  ['PT3S', 'PT2S', ['max']],
  ['3s', 'soon', ['quiet', 'max']],
])('takes bursts of %s and %s, but for %j', (quiet, max, wrong) => {
  const { error } = chatSettingsInputSchema.safeParse({ burst: { quiet, max } });
  expect((error?.issues ?? []).map(({ path }) => path.at(-1))).toEqual(wrong);
});

it('stores no defaults', () => {
  expect(mergeChat({}, {})).toEqual({});
});
