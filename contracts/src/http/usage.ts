import { z } from 'zod';

/** What has a limit for each user or for the installation, and is used up over time. */
export const budgetNames = [
  'flows',
  'versions',
  'flowStorage',
  'knowledge',
  'knowledgeStorage',
  'keys',
  'openRuns',
  'logs',
  'runLog',
  'tokensOfFlow',
  'tokensOfWorkspace',
  'database',
  'openRunsOfAll',
  'tokensOfAll',
] as const;

/** The name of a budget. */
export type BudgetName = (typeof budgetNames)[number];

/** How much of a budget is used. */
export const budgetSchema = z
  .object({
    budget: z.enum(budgetNames),
    unit: z.enum(['count', 'bytes', 'tokens']),
    used: z.number().min(0),
    limit: z.number().min(0),
    warning: z.boolean().describe('Whether 80% or more are used.'),
  })
  .meta({ id: 'Budget' });

/** How much of a budget is used. */
export type Budget = z.output<typeof budgetSchema>;

/** Answer of `GET /api/usage`. */
export const usedBudgetsSchema = z.object({ budgets: z.array(budgetSchema) });

/** What a user uses of all budgets. */
export type UsedBudgets = z.output<typeof usedBudgetsSchema>;
