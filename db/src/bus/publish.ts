import type pg from 'pg';
import { busChannel, type BusMessage, encodeBusMessage } from './message.js';

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
