import { type FlowOrder, type FlowState, flowStates } from '@crmflow/contracts/kinds';

/** What the dashboard shows besides everything. */
export type Shown = 'all' | FlowState | 'template';

/** Everything that the dashboard can show. */
export const shown: readonly Shown[] = ['all', ...flowStates, 'template'];

/** The orders that the dashboard offers. */
export const sorts = ['changed', 'name', 'lastRun'] as const satisfies readonly FlowOrder[];

/** What the dashboard lists, and in which order. */
export type FlowQuery = { q: string; show: Shown; sort: (typeof sorts)[number] };

const oneOf = <T extends string>(known: readonly T[], text: string | undefined, otherwise: T): T =>
  known.find((one) => one === text) ?? otherwise;

/** Reads what an address asks for; what it does not know is left out. */
export function readFlowQuery(params: Record<string, string | undefined>): FlowQuery {
  return {
    q: (params['q'] ?? '').slice(0, 200),
    show: oneOf(shown, params['show'], 'all'),
    sort: oneOf(sorts, params['sort'], 'changed'),
  };
}

/** The dashboard's address that asks for it; what goes without saying is not said. */
export function addressOf({ q, show, sort }: FlowQuery): string {
  const params = new URLSearchParams({
    ...(q && { q }),
    ...(show !== 'all' && { show }),
    ...(sort !== 'changed' && { sort }),
  });
  return params.size > 0 ? `/?${params.toString()}` : '/';
}

/** What the API is asked. */
export function paramsOf({ q, show, sort }: FlowQuery): Record<string, string> {
  return {
    ...(q.trim() && { q: q.trim() }),
    ...(show === 'template' && { template: 'true' }),
    ...(show !== 'template' && show !== 'all' && { status: show }),
    sort,
  };
}
