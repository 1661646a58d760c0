import { describe, expect, it, vi } from 'vitest';
import type { Storage } from '../storage.js';
import { createOutbox, type Delivery } from './outbox.js';

function memory(): Storage {
  const kept = new Map<string, string>();
  return {
    read: (key) => kept.get(key) ?? null,
    write: (key, text) => void (text === '' ? kept.delete(key) : kept.set(key, text)),
  };
}

function setUp(storage = memory()) {
  let ids = 0;
  const server = { isConnected: true, answer: { ok: true } as Delivery, got: [] as string[] };
  const outbox = createOutbox({
    key: 'outbox.run-1',
    storage,
    isConnected: () => server.isConnected,
    send: async (messageId, text) => {
      server.got.push(`${messageId} ${text}`);
      return server.answer;
    },
    newId: () => `m${++ids}`,
    now: () => new Date(0),
  });
  const states = () => outbox.messages.value.map(({ text, state }) => [text, state]);
  return { outbox, server, states, storage };
}

describe('replies', () => {
  it('are sent in order, and leave once the transcript has them', async () => {
    const { outbox, server, states } = setUp();
    outbox.add('one');
    outbox.add('two');
    await vi.waitFor(() =>
      expect(states()).toEqual([
        ['one', 'held'],
        ['two', 'held'],
      ]),
    );
    expect(server.got).toEqual(['m1 one', 'm2 two']);
    outbox.remove(new Set(['m1']));
    expect(states()).toEqual([['two', 'held']]);
  });

  it('are kept over a reload without a connection, and sent under the same id', async () => {
    const { outbox, server, states, storage } = setUp();
    server.isConnected = false;
    outbox.add('one');
    expect([states(), server.got]).toEqual([[['one', 'pending']], []]);
    outbox.close();
    const later = setUp(storage);
    expect(later.states()).toEqual([['one', 'pending']]);
    later.outbox.flush();
    await vi.waitFor(() => expect(later.states()).toEqual([['one', 'held']]));
    expect(later.server.got).toEqual(['m1 one']);
  });

  it.each([
    ['no answer', undefined],
    ['a passing error', { ok: false, code: 'temporal_unavailable', message: 'away' } as const],
  ])('are sent again after %s', async (_, answer) => {
    const { outbox, server, states } = setUp();
    server.answer = answer;
    outbox.add('one');
    await vi.waitFor(() => expect(server.got).toHaveLength(1));
    expect(states()).toEqual([['one', 'pending']]);
    server.answer = { ok: true };
    await vi.waitFor(() => expect(states()).toEqual([['one', 'held']]), 5_000);
    expect(new Set(server.got)).toEqual(new Set(['m1 one']));
  });

  it('say why they were refused, and can be sent again or discarded', async () => {
    const { outbox, server, states } = setUp();
    server.answer = { ok: false, code: 'run_finished', message: 'The run has ended.' };
    outbox.add('one');
    await vi.waitFor(() => expect(states()).toEqual([['one', 'refused']]));
    expect(outbox.messages.value[0]?.error).toMatchObject({ code: 'run_finished' });
    server.answer = { ok: true };
    outbox.again('m1');
    await vi.waitFor(() => expect(states()).toEqual([['one', 'held']]));
    outbox.discard('m1');
    expect(states()).toEqual([]);
  });

  it('leave alone what another tab has kept', async () => {
    const one = setUp();
    one.server.isConnected = false;
    const other = createOutbox({
      key: 'outbox.run-1',
      storage: one.storage,
      isConnected: () => false,
      send: async () => undefined,
      newId: () => 'other',
      now: () => new Date(0),
    });
    one.outbox.add('mine');
    other.add('theirs');
    one.outbox.discard('m1');
    expect(setUp(one.storage).states()).toEqual([['theirs', 'pending']]);
  });

  it('start empty where something else was kept', () => {
    const storage = memory();
    storage.write('outbox.run-1', '{"a":1}');
    expect(setUp(storage).states()).toEqual([]);
  });
});
