import type { Budget, UsedBudgets } from '@crmflow/contracts';
import { request } from './request.js';
import { inWorkspace } from './workspace-id.js';

/** What is limited in the workspace, each with how much of it is used. */
export async function readUsage(): Promise<Budget[]> {
  return (await request<UsedBudgets>(inWorkspace('/api/usage'))).budgets;
}
