import {
  reserveTokens,
  type TokenBudgets,
  type TokenReservation,
  type TokenScope,
} from '@crmflow/db';
import type { Pool } from 'pg';
import { CallError } from '../call/call-error.js';
import { AiError } from './ai-error.js';
import type { KeyOwner } from './provider.js';

/** What the installation's key may be used for, by those who have no key of their own. */
export type SharedKey = {
  mayUse(model: string): boolean;
  /** @throws AiError `ai_model_not_allowed` */
  requireModel(model: string): void;
  /**
   * Counts what a call is expected to use.
   * @throws AiError `ai_budget_exceeded` where the budget of the day is used up
   */
  reserve(keyOwner: KeyOwner, tokens: number): Promise<TokenReservation>;
};

/** What an administrator says of the installation's key. */
export type SharedKeySettings = {
  /** Names of models, with `*` at the end for any ending; none: see `createSharedKey`. */
  models: readonly string[];
  tokens: TokenBudgets;
};

/** From the cheapest on. */
const tiers = ['flash-lite', 'flash', 'pro'];
const general = /^gemini-(?:[\d.]+-)?(flash-lite|flash|pro)(?:-(?:latest|preview|exp|\d+))*$/;

const tierOf = (model: string) => tiers.indexOf(general.exec(model)?.[1] ?? '');

function isMeant(allowed: string, model: string): boolean {
  return allowed.endsWith('*') ? model.startsWith(allowed.slice(0, -1)) : model === allowed;
}

const usedUp: Record<TokenScope, string> = {
  flow: 'This flow has used its AI budget for today',
  workspace: 'This workspace has used its AI budget for today',
  installation: 'This installation has used its AI budget for today',
};

function budgetError(scope: TokenScope, tokens: number): AiError {
  const midnight = new Date().setUTCHours(24, 0, 0, 0);
  const message = `${usedUp[scope]} (${tokens.toLocaleString('en')} tokens). It continues at 00:00 UTC. To continue now, store your own Gemini key in the settings, or ask the administrator for a larger budget.`;
  return new AiError('ai_budget_exceeded', message, { retryAfterMs: midnight - Date.now() });
}

/**
 * The policy of the installation's key. Where no models are named, it may use the default one and
 * the general models of Gemini that cost no more: of the default's tier (flash-lite, flash, pro) or
 * of a cheaper one.
 */
export function createSharedKey(
  { models, tokens }: SharedKeySettings,
  { pool, model: defaultModel }: { pool: Pool; model: string },
): SharedKey {
  const mayUse = (model: string) => {
    const name = model.replace(/^models\//, '');
    if (models.length > 0) return models.some((one) => isMeant(one, name));
    const tier = tierOf(name);
    return name === defaultModel || (tier >= 0 && tier <= tierOf(defaultModel));
  };
  return {
    mayUse,
    requireModel(model) {
      if (mayUse(model)) return;
      const message = `The Gemini key of this installation cannot be used with the model "${model}". Choose another model or the default, or store your own Gemini key in the settings.`;
      throw new AiError('ai_model_not_allowed', message);
    },
    async reserve(keyOwner, expected) {
      const reserved = await reserveTokens(pool, keyOwner, expected, tokens).catch(() => {
        const message = 'The database did not respond, so the use of the model was not counted.';
        throw new CallError('database_unavailable', message, { retryable: true });
      });
      if ('usedUp' in reserved) throw budgetError(reserved.usedUp, tokens[reserved.usedUp]);
      // An answer that is there is not lost for this: what was expected stays counted.
      return { settle: (used) => reserved.settle(used).catch(() => {}) };
    },
  };
}
