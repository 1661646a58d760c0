import type pg from 'pg';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { createPool } from '../create-pool.js';
import { transaction } from '../transaction.js';
import { emptyDatabase, type ScratchDatabase } from '../testing/scratch-database.js';
import { busMessageBytes, type BusMessage } from './message.js';
import { publish } from './message.js';
import { subscribe, type Subscription } from './subscribe.js';

let database: ScratchDatabase;
let pool: pg.Pool;
let subscription: Subscription;
let received: BusMessage[];
let reconnects: number;

beforeEach(async () => {
  database = await emptyDatabase();
  pool = createPool(database.url);
  received = [];
  reconnects = 0;
  subscription = subscribe(database.url, {
    onMessage: (message) => received.push(message),
    onReconnect: () => reconnects++,
  });
  await subscription.ready;
});
afterEach(async () => {
  await subscription.close();
  await pool.end();
  await database.drop();
});

const notification = (seq: number): BusMessage => ({ kind: 'log', runId: 'run-1', seq, epoch: 0 });

/** Breaks every connection to the database but the one that does it. */
const breakConnections = () =>
  pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  );

describe('the bus', () => {
  it('carries messages in the order in which they were sent, up to its limit', async () => {
    const large: BusMessage = { kind: 'session-ended', sessionIds: ['x'.repeat(7_840)] };
    const messages = [notification(1), large, notification(2)];
    for (const message of messages) await publish(pool, message);
    await vi.waitFor(() => expect(received).toEqual(messages));
    await expect(
      publish(pool, { kind: 'session-ended', sessionIds: ['x'.repeat(busMessageBytes)] }),
    ).rejects.toThrow(RangeError);
  });

  it('tells what a transaction sent when that commits, and not where it does not', async () => {
    await transaction(pool, async (client) => {
      await publish(client, notification(1));
      throw new Error('changed its mind');
    }).catch(() => {});
    await transaction(pool, (client) => publish(client, notification(2)));
    await vi.waitFor(() => expect(received).toEqual([notification(2)]));
  });

  it('listens again after its connection broke, and says so', async () => {
    await breakConnections();
    await vi.waitFor(() => expect(reconnects).toBe(1), 5_000);
    await publish(pool, notification(3));
    await vi.waitFor(() => expect(received).toEqual([notification(3)]));
  });

  it('goes on after a handler that throws', async () => {
    const errors: string[] = [];
    const seen: BusMessage[] = [];
    const other = subscribe(database.url, {
      onMessage: (message) => {
        seen.push(message);
        if (seen.length === 1) throw new Error('bad handler');
      },
      onReconnect: () => {},
      onError: (error) => errors.push(error.message),
    });
    await other.ready;
    await publish(pool, notification(1));
    await publish(pool, notification(2));
    await vi.waitFor(() => expect(seen).toEqual([notification(1), notification(2)]));
    expect(errors).toEqual(['bad handler']);
    await other.close();
    expect(other.listening()).toBe(false);
  });

  it('keeps trying while there is no database, and can be closed', async () => {
    const errors: Error[] = [];
    const url = new URL(inject('databaseUrl'));
    url.pathname = '/no_such_database';
    const other = subscribe(url.href, {
      onMessage: () => {},
      onReconnect: () => {},
      onError: (error) => errors.push(error),
    });
    await vi.waitFor(() => expect(errors.length).toBeGreaterThan(1), 5_000);
    await other.close();
    await other.ready;
  });
});
