import { EventEmitter } from 'node:events';
import type { RunSnapshot, WireEvent } from '@crmflow/contracts';
import type { LiveMessage } from '@crmflow/db';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createRelay, type Relay } from './relay.js';
import type { RealtimeSocket } from './sockets.js';
import { createSubscriptions } from './subscriptions.js';

const runId = 'run-1';
const snapshot = {
  runId,
  lastSeq: 0,
  status: 'running',
  currentNodes: [],
} as unknown as RunSnapshot;

let relay: Relay | undefined;
afterEach(() => relay?.close());

/** A socket that notes what it is sent, and a run whose log is in memory. */
function setUp() {
  const log: WireEvent[] = [];
  let read = 0;
  const made = createRelay({
    readLog: (_, { afterSeq }) => {
      read = log.length;
      return Promise.resolve({ epoch: 0, lastSeq: log.length, rows: log.slice(afterSeq) });
    },
    readTips: (ids) =>
      Promise.resolve(ids.map((id) => ({ runId: id, epoch: 0, lastSeq: log.length }))),
    logger: { warn: () => undefined },
    pollMs: 20,
  });
  relay = made;
  const sent: unknown[] = [];
  const conn = new EventEmitter();
  const socket = {
    connected: true,
    conn,
    emit: (event: string, payload: { seq?: number; text?: string }) =>
      sent.push(payload.seq ?? payload.text ?? event),
  };
  const happen = (type: WireEvent['type']) => {
    const row = { seq: log.length + 1, at: 0, type, nodeId: 'think', visit: 1, data: {} };
    log.push(row as unknown as WireEvent);
    made.notify({ runId, seq: row.seq, epoch: 0 });
  };
  const write = (text: string) =>
    made.live({
      ...{ runId, event: 'ai:chunk', at: 0, nodeId: 'think', visit: 1 },
      data: { nodeId: 'think', visit: 1, text },
    } as unknown as LiveMessage);
  const subscriptions = createSubscriptions(socket as unknown as RealtimeSocket, made);
  const wasRead = () => vi.waitFor(() => expect(read).toBe(log.length));
  return { sent, conn, happen, write, wasRead, subscriptions };
}

describe('a run that is followed before its start is acknowledged', () => {
  it('is told from its first live event on, in order, once it is', async () => {
    const { sent, happen, write, wasRead, subscriptions } = setUp();
    const beginning = subscriptions.begin();
    beginning.follow(snapshot);
    happen('ai.started');
    write('Twice ');
    await wasRead();
    expect(sent).toEqual([]);
    beginning.release();
    expect(sent).toEqual([1, 'Twice ']);
    write('a day.');
    expect(sent).toEqual([1, 'Twice ', 'a day.']);
  });

  it('fills no memory: what is in the log is read when there is room', async () => {
    const { sent, conn, happen, wasRead, subscriptions } = setUp();
    const beginning = subscriptions.begin();
    beginning.follow(snapshot);
    for (let count = 0; count < 200; count++) happen('variable.set');
    await wasRead();
    beginning.release();
    await vi.waitFor(() => {
      conn.emit('drain');
      expect(sent).toHaveLength(200);
    });
    expect(sent).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
  });

  it('is told nothing where the start failed', async () => {
    const { sent, happen, subscriptions } = setUp();
    const beginning = subscriptions.begin();
    beginning.follow(snapshot);
    beginning.drop();
    expect(relay?.watched()).toBe(0);
    happen('ai.started');
    beginning.release();
    expect(sent).toEqual([]);
  });
});
