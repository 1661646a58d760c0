import pg from 'pg';
import { busChannel } from './message.js';

const timeoutMs = 5_000;
const heartbeatMs = 15_000;

/** One connection that listens. */
export type Listening = {
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
export async function listen({ url, signal, onListening, onPayload }: Listening): Promise<never> {
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
