import type pg from 'pg';
import { busChannel, type BusMessage, encodeBusMessage, type LiveEvent } from './message.js';

/**
 * Tells every listening process. Over a client in a transaction it is told when that commits,
 * and never where it does not.
 * @throws RangeError where the message is too large (see `busMessageBytes`)
 */
export async function publish(
  database: pg.Pool | pg.ClientBase,
  message: BusMessage,
): Promise<void> {
  await database.query('SELECT pg_notify($1, $2)', [busChannel, encodeBusMessage(message)]);
}

/**
 * Publishes an event of a run to the sockets that watch it, stamped with the current time.
 * @throws RangeError where the event is too large (see `busMessageBytes`)
 */
export async function publishLive(
  database: pg.Pool | pg.ClientBase,
  runId: string,
  live: LiveEvent,
): Promise<void> {
  await publish(database, { kind: 'live', runId, at: new Date().toISOString(), ...live });
}
