import { reserveDeploymentTokens, type TokenReservation } from '@crmflow/db';
import type { Pool } from 'pg';
import { CallError } from '../call/call-error.js';
import { AiError } from './ai-error.js';

/**
 * Counts tokens of an answer before the model is asked for it.
 * @returns null for a run that is part of no conversation
 * @throws AiError `ai_deployment_budget_exceeded`, with the text for customers
 * @throws CallError `database_unavailable`
 */
export type ReserveForDeployment = (runId: string) => Promise<TokenReservation | null>;

/** Of an answer that nobody has seen yet, with what it is asked. */
const expectedTokens = 1_000;

/** These were answered by the model, and paid for, or nobody knows; by all others nothing was used. */
const paid: ReadonlySet<string> = new Set([
  'ai_blocked',
  'ai_interrupted',
  'ai_schema_mismatch',
  'ai_truncated',
  'ai_empty',
  'value_too_large',
]);

function usedUp(tokens: number, fallbackText: string): AiError {
  const midnight = new Date().setUTCHours(24, 0, 0, 0);
  const message = `This chat has used its AI budget for today (${tokens.toLocaleString('en')} tokens). It continues at 00:00 UTC. To continue now, raise the budget under Share.`;
  return new AiError('ai_deployment_budget_exceeded', message, {
    retryAfterMs: midnight - Date.now(),
    ...(fallbackText !== '' && { customerText: fallbackText }),
  });
}

/** The budgets that deployments have of the model in a day. */
export function createReserveForDeployment(pool: Pool): ReserveForDeployment {
  return async (runId) => {
    const reserved = await reserveDeploymentTokens(pool, runId, expectedTokens).catch(() => {
      const message = 'The database did not respond, so the use of the model was not counted.';
      throw new CallError('database_unavailable', message, { retryable: true });
    });
    if (!reserved) return null;
    if ('usedUp' in reserved) {
      throw usedUp(reserved.usedUp.tokensPerDay, reserved.usedUp.fallbackText);
    }
    // An answer that is there is not lost for this: what was expected stays counted.
    return { settle: (used) => reserved.settle(used).catch(() => {}) };
  };
}

/**
 * Counts what a call of the model really used.
 * @param ask the call, which says how many tokens it has used
 */
export async function countedBy<T extends { usage: { inputTokens: number; outputTokens: number } }>(
  reservation: TokenReservation | null,
  ask: () => Promise<T>,
): Promise<T> {
  try {
    const result = await ask();
    await reservation?.settle(result.usage.inputTokens + result.usage.outputTokens);
    return result;
  } catch (error) {
    const code = error instanceof CallError ? (error as CallError).code : undefined;
    if (code !== undefined && !paid.has(code)) await reservation?.settle(0);
    throw error;
  }
}
