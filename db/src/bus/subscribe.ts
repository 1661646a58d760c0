import { setTimeout as sleep } from 'node:timers/promises';
import { backoffMs } from '@crmflow/contracts';
import pg from 'pg';
import { busChannel, type BusMessage } from './message.js';

/** What a subscriber wants to be told. */
export type BusHandlers = {
  onMessage: (message: BusMessage) => void;
  /** Listening again after a break. What was told meanwhile is lost: catch up from the tables. */
  onReconnect: () => void;
  /** The connection broke or cannot be made (it is tried again), or a handler threw. */
  onError?: (error: Error) => void;
};

/** A running subscription. */
export type Subscription = {
  /** Settles when listening has begun for the first time, or when closed before that. */
  ready: Promise<void>;
  /** Whether messages arrive at this moment. */
  listening: () => boolean;
  close: () => Promise<void>;
};

const retry = { firstMs: 100, maxMs: 5_000 };

const timeoutMs = 5_000;
const heartbeatMs = 15_000;

/** One connection that listens. */
type Listening = {
  url: string;
  /** Ends it. */
  signal: AbortSignal;
  onListening: () => void;
  onPayload: (payload: string) => void;
};

/**
 * Listens on the bus over one connection, until that breaks.
 * @throws Error why it broke or could not be made; the signal's reason where that ended it
 */
async function listen({ url, signal, onListening, onPayload }: Listening): Promise<never> {
  signal.throwIfAborted();
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
    keepAlive: true,
  });
  let heartbeat: NodeJS.Timeout | undefined;
  let abort = () => {};
  try {
    return await new Promise<never>((_, reject) => {
      abort = () => reject(signal.reason as Error);
      signal.addEventListener('abort', abort);
      client.on('error', reject);
      client.on('end', () => reject(new Error('The connection to the database was closed')));
      client.on('notification', ({ payload }) => onPayload(payload ?? ''));
      client
        .connect()
        .then(() => client.query(`LISTEN ${busChannel}`))
        .then(() => {
          onListening();
          // A peer that vanished without a word is noticed by asking only.
          heartbeat = setInterval(() => {
            client.query('SELECT 1').catch(reject);
          }, heartbeatMs);
        })
        .catch(reject);
    });
  } finally {
    signal.removeEventListener('abort', abort);
    clearInterval(heartbeat);
    // The goodbye waits for a peer that may be gone; nobody waits for the goodbye.
    client.end().catch(() => {});
  }
}

/**
 * Listens on the bus over a connection of its own, and goes on listening when that breaks.
 *
 * What the bus promises: at most once, in the order in which the sending transactions committed,
 * to those who listen at that moment. Nothing is stored; a message has less than 8 kB; it does
 * not pass a connection pooler in transaction mode. Whoever must miss nothing reads the tables,
 * and takes messages as a hint of when.
 * @param url `postgresql://user:password@host:port/database`
 */
export function subscribe(url: string, handlers: BusHandlers): Subscription {
  const { onMessage, onReconnect, onError = () => {} } = handlers;
  const closing = new AbortController();
  const { signal } = closing;
  let listening = false;
  let begun = false;
  let settleReady = () => {};
  const ready = new Promise<void>((resolve) => (settleReady = resolve));

  const guarded = (run: () => void) => {
    try {
      run();
    } catch (error) {
      onError(error as Error);
    }
  };
  const onListening = () => {
    listening = true;
    if (begun) guarded(onReconnect);
    begun = true;
    settleReady();
  };
  const onPayload = (payload: string) =>
    guarded(() => onMessage(JSON.parse(payload) as BusMessage));

  const keepListening = async (): Promise<void> => {
    let failures = 0;
    while (!signal.aborted) {
      try {
        await listen({ url, signal, onListening, onPayload });
      } catch (error) {
        if (!signal.aborted) onError(error as Error);
      }
      // A connection that worked and then broke may well be back at once.
      failures = listening ? 1 : failures + 1;
      listening = false;
      await sleep(backoffMs(failures, retry, Math.random()), undefined, { signal }).catch(() => {});
    }
    settleReady();
  };

  const running = keepListening();
  return {
    ready,
    listening: () => listening,
    close: () => {
      closing.abort();
      return running;
    },
  };
}
