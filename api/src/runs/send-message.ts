import { limits, type SendMessage, utf8Bytes } from '@crmflow/contracts';
import { acceptMessage, releaseMessage, reserveMessage, type Reservation } from '@crmflow/db';
import type { RunDeps } from '../deps.js';
import { AppError } from '../errors/app-error.js';
import { noSuchRun, readRunHead } from './run-head.js';
import { launchStored } from './launch.js';

/** How a message was taken. */
export type MessageAccepted = { accepted: true; duplicate: boolean };

const finished = () =>
  new AppError('run_finished', 'The run has ended and accepts no more messages. Start a new run.');

function requireReserved({ result, pending }: Reservation): void {
  if (result === 'gone') throw noSuchRun();
  if (result === 'finished') throw finished();
  if (result !== 'full') return;
  const detail = `${pending} messages are already queued in this run. Wait until it has processed some.`;
  throw new AppError('queue_full', detail, { retryAfterSeconds: 5 });
}

/** @returns how many bytes of UTF-8 a message has @throws AppError `message_too_large` */
export function requireShort(text: string, most: number = limits.messageBytes): number {
  const bytes = utf8Bytes(text);
  if (bytes <= most) return bytes;
  const detail = `The message has ${bytes} bytes of UTF-8; the limit is ${most}. Shorten it.`;
  throw new AppError('message_too_large', detail);
}

/**
 * Gives a visitor's message to its run; accepted once Temporal holds it. The same messageId counts
 * once, and is answered as a duplicate also after the run's end.
 * @throws AppError `not_found`, `message_too_large`, `run_finished`, `queue_full`; the client's
 *   error where Temporal does not answer: then send it again with the same messageId
 */
export async function sendMessage(
  deps: RunDeps,
  runId: string,
  message: SendMessage,
): Promise<MessageAccepted> {
  const { messageId, message: text } = message;
  const bytes = requireShort(text);
  const { pool } = deps;
  const { launched, generation } = await readRunHead(pool, runId);
  const reservation = await reserveMessage(pool, { runId, messageId, bytes });
  if (reservation.result === 'known') return { accepted: true, duplicate: true };
  requireReserved(reservation);

  const signal = { messageId, text, at: Date.now() };
  const send = async (isLaunched: boolean) => {
    // Temporal may still have the execution before, which takes no more.
    if (!isLaunched) await launchStored(deps, runId);
    if (!(await deps.engine.sendMessage(runId, signal))) throw finished();
  };
  try {
    await send(launched);
    const accepted = await acceptMessage(pool, { runId, messageId, bytes, text, generation });
    if (accepted === 'gone') throw noSuchRun();
    // The run was retried at this moment. Whoever has the message already takes it once.
    if (accepted === 'reopened') await send(false);
    return { accepted: true, duplicate: accepted === 'duplicate' };
  } catch (error) {
    // Where this fails too, the room is given back before long.
    await releaseMessage(pool, { runId, messageId }).catch(() => undefined);
    throw error;
  }
}
