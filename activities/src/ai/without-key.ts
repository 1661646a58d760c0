import { limits } from '@crmflow/contracts';
import { createRedactor } from '../secrets/redactor.js';
import { withoutSecret } from '../secrets/without-secret.js';
import { CallError } from '../call/call-error.js';
import { AiError } from './ai-error.js';

/** What asking a model threw, without the key should its server have repeated it. */
export function withoutKey(error: unknown, key: string): unknown {
  if (key.length < limits.keyMinLength) return error;
  const clean = withoutSecret(error, createRedactor(key));
  if (!(error instanceof AiError) || !(clean instanceof CallError)) return clean;
  // It stays what it is: whoever asked goes on by that.
  const { code, status, retryAfterMs } = error;
  return new AiError(code, clean.message, {
    ...(status !== undefined && { status }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}
