import { CallError } from '../call/call-error.js';
import type { Redactor } from './redactor.js';

/** What a call threw, with the secret taken out of its words. */
export function withoutSecret(error: unknown, redactor: Redactor): unknown {
  if (error instanceof CallError) {
    const { code, retryable, status, retryAfterMs } = error as CallError;
    return new CallError(code, redactor.text(error.message), {
      retryable,
      ...(status !== undefined && { status }),
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    });
  }
  if (!(error instanceof Error)) return new Error(redactor.text(String(error)));
  const clean = new Error(redactor.text(error.message));
  clean.name = error.name;
  clean.stack = redactor.text(error.stack ?? '');
  return clean;
}
