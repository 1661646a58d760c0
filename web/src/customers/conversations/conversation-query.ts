/** The views of the list that there is something to do for. */
export const shownViews = ['all', 'waiting', 'closed'] as const;

/** Which conversations are listed. */
export type ConversationQuery = {
  view: (typeof shownViews)[number];
  q: string;
  workflowId: string;
  deploymentId: string;
};

/** Reads what an address asks for; what it does not know is left out. */
export function readConversationQuery(
  params: Record<string, string | undefined>,
): ConversationQuery {
  return {
    view: shownViews.find((one) => one === params['view']) ?? 'all',
    q: (params['q'] ?? '').slice(0, 200),
    workflowId: params['workflowId'] ?? '',
    deploymentId: params['deploymentId'] ?? '',
  };
}

/** What of a query is to be said: what goes without saying is not. */
export function paramsOf({ view, ...rest }: ConversationQuery): Record<string, string> {
  const given = Object.entries(rest)
    .map(([name, value]) => [name, value.trim()] as const)
    .filter(([, value]) => value !== '');
  return { ...(view !== 'all' && { view }), ...Object.fromEntries(given) };
}

/** The address of a list that asks for it. @param flowId of the flow whose page it is */
export function addressOf(query: ConversationQuery, flowId?: string): string {
  const path = flowId === undefined ? '/conversations' : `/flows/${flowId}/conversations`;
  const { workflowId, ...others } = paramsOf(query);
  const isSaid = flowId === undefined && workflowId !== undefined;
  const params = new URLSearchParams({ ...others, ...(isSaid && { workflowId }) });
  return params.size > 0 ? `${path}?${params.toString()}` : path;
}
