import type { ErrorCode } from '@crmflow/contracts';

/** How asking the model can fail, whatever is asked. */
export const modelProblems = [
  'ai_key_missing',
  'ai_key_invalid',
  'ai_model_not_allowed',
  'ai_budget_exceeded',
  'ai_blocked',
  'ai_bad_request',
  'ai_rate_limited',
  'ai_unavailable',
  'ai_interrupted',
  'key_unreadable',
  'key_host_refused',
] as const satisfies readonly ErrorCode[];
