import { CallError, type CallErrorOptions } from '../call/call-error.js';

/** How a model can fail to answer. */
export type AiCode =
  | 'ai_key_missing'
  | 'ai_key_invalid'
  | 'ai_model_not_allowed'
  | 'ai_budget_exceeded'
  | 'ai_deployment_budget_exceeded'
  | 'ai_blocked'
  | 'ai_bad_request'
  | 'ai_rate_limited'
  | 'ai_unavailable'
  | 'ai_interrupted'
  | 'ai_schema_mismatch'
  | 'ai_truncated'
  | 'ai_empty';

const retryable: ReadonlySet<AiCode> = new Set<AiCode>([
  'ai_rate_limited',
  'ai_unavailable',
  'ai_interrupted',
  'ai_empty',
]);

/** A model that did not answer; whether to ask again follows from the code. */
export class AiError extends CallError<AiCode> {
  constructor(code: AiCode, message: string, more: Omit<CallErrorOptions, 'retryable'> = {}) {
    super(code, message, { ...more, retryable: retryable.has(code) });
    this.name = 'AiError';
  }
}
