import { type CallErrorDetails, retryDelayMs } from '@crmflow/contracts';
import { ApplicationFailure } from '@temporalio/common';
import { CallError } from './call-error.js';

/** Longer waits that a service asks for are cut: someone waits for an answer. */
const maxRetryAfterMs = 300_000;

/** A failed attempt: what it was, and the pause before the next one, if there is one. */
export type FailedAttempt = { error: CallError; delayMs: number | null };

function known(error: unknown): CallError {
  if (error instanceof CallError) return error as CallError;
  const text = error instanceof Error ? error.message : String(error);
  return new CallError('internal_node_error', `The node failed with an unexpected error: ${text}`, {
    retryable: true,
  });
}

/**
 * Judges what an attempt threw.
 * @param attempt the attempt that failed, from 1
 */
export function judge(error: unknown, attempt: number): FailedAttempt {
  const fault = known(error);
  const delayMs = fault.retryable ? retryDelayMs(attempt) : null;
  if (delayMs === null) return { error: fault, delayMs };
  const asked = Math.min(fault.retryAfterMs ?? 0, maxRetryAfterMs);
  return { error: fault, delayMs: Math.max(delayMs, asked) };
}

/**
 * The failure as Temporal keeps it: `type` is the error's code, the details a `CallErrorDetails`.
 * @param at epoch milliseconds of the failure
 */
export function toApplicationFailure(
  { error, delayMs }: FailedAttempt,
  at: number,
): ApplicationFailure {
  const { code, message, status } = error;
  const details: CallErrorDetails = { code, message, ...(status !== undefined && { status }), at };
  return ApplicationFailure.create({
    message,
    type: code,
    nonRetryable: !error.retryable,
    details: [details],
    ...(delayMs !== null && { nextRetryDelay: delayMs }),
  });
}
