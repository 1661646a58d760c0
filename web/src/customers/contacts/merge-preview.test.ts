import type { Contact } from '@crmflow/contracts';
import { expect, it } from 'vitest';
import { previewMerge } from './merge-preview.js';

const contact = (fields: Partial<Contact>): Contact => ({
  ...{ id: 'id', name: '', email: null, phone: null, locale: null, timezone: null },
  ...{ attributes: {}, tags: [], consent: [], identities: [], merges: [], blockedAt: null },
  ...{ createdAt: '2026-01-01T00:00:00Z', lastSeenAt: '2026-01-01T00:00:00Z' },
  ...fields,
});

it('the other contact keeps what it has, and gets what it has not', () => {
  const from = contact({
    ...{ name: 'Ada', email: 'ada@example.com', phone: '+49 1', locale: 'de' },
    ...{ tags: ['vip', 'berlin'], attributes: { plan: 'pro', seats: 3, city: 'Berlin' } },
    blockedAt: '2026-01-01T00:00:00Z',
  });
  const into = contact({
    ...{ name: 'Ada Lovelace', locale: 'de', tags: ['vip'] },
    attributes: { plan: 'free', city: 'Berlin' },
  });
  expect(previewMerge(from, into)).toEqual({
    gains: [
      { field: 'email', value: 'ada@example.com' },
      { field: 'phone', value: '+49 1' },
    ],
    drops: [{ field: 'name', value: 'Ada' }],
    tags: ['berlin'],
    attributes: [{ name: 'seats', value: '3' }],
    droppedAttributes: [{ name: 'plan', value: 'pro' }],
    identities: 0,
    getsBlocked: true,
  });
});
