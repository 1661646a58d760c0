import type { Deps } from '../deps.js';
import type { RateLimit } from '../rate-limits/create-rate-limit.js';
import { createUserLimit } from '../rate-limits/user-limits.js';

/** How a run can be refused for what its owner uses. */
export const runBudgetProblems = ['open_runs_full', 'logs_full', 'installation_full'] as const;

/**
 * What a user has to keep to whose run is to start: how often, and the budgets.
 * @param fresh whether what is used is looked up each time, as for what adds much at once
 */
export function createRunLimit(
  deps: Pick<Deps, 'pool' | 'config' | 'budgets'>,
  fresh = false,
): RateLimit {
  const often = createUserLimit(deps, 'start-run');
  return {
    async consume(workspaceId) {
      await often.consume(workspaceId);
      await deps.budgets.requireRun(workspaceId, fresh);
    },
    reset: (workspaceId) => often.reset(workspaceId),
  };
}
