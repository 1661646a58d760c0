import { type RunStatus, runStatuses } from '@crmflow/contracts/kinds';

/** Which runs are listed; without a value it is all. */
export type RunQuery = { workflowId?: string; status?: RunStatus };

/** Reads what an address asks for; what it does not know is left out. */
export function readRunQuery(params: Record<string, string | undefined>): RunQuery {
  const status = runStatuses.find((one) => one === params['status']);
  const { workflowId } = params;
  return { ...(workflowId && { workflowId }), ...(status && { status }) };
}

/** The list's address that asks for it. */
export function addressOf(query: RunQuery): string {
  const params = new URLSearchParams(query);
  return params.size > 0 ? `/runs?${params.toString()}` : '/runs';
}
