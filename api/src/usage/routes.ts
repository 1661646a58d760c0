import { usedBudgetsSchema } from '@crmflow/contracts';
import type { Deps } from '../deps.js';
import { type Route, route } from '../http/route.js';

/** `/api/usage`: how much of their budgets users have left. */
export function usageRoutes({ budgets, reads }: Pick<Deps, 'budgets' | 'reads'>): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/usage',
      right: 'usage.read',
      docs: {
        tag: 'Accounts',
        summary: 'Read your usage',
        description:
          'How much you use of each of your budgets, with `warning` from 80% on. `versions` is the flow with the most of them, `runLog` the largest log of an active run; `tokensOfFlow` and `tokensOfWorkspace` are of today (UTC) and of the Gemini key of the installation. Budgets of the whole installation (`database`, `openRunsOfAll`, `tokensOfAll`) are listed only from 80% on.',
        answers: { 200: usedBudgetsSchema },
      },
      gate: reads,
      handle: async ({ access }) => ({
        status: 200,
        body: { budgets: await budgets.of(access.workspaceId) },
      }),
    }),
  ];
}
