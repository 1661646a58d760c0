/** How long back one can look, in days. */
export const periods = [7, 30, 90] as const;

/** Which runs are counted: those of the last days, of a version, of drafts, or all. */
export type AnalyticsQuery = { days: (typeof periods)[number]; version: string };

/** Reads what an address asks for; what it does not know is left out. */
export function readAnalyticsQuery(params: Record<string, string | undefined>): AnalyticsQuery {
  const days = periods.find((one) => String(one) === params['days']) ?? 30;
  const { version = '' } = params;
  return { days, version: /^(?:draft|[1-9]\d{0,8})$/.test(version) ? version : '' };
}

/** The address that asks for it; what goes without saying is not said. */
export function analyticsAddress(flowId: string, { days, version }: AnalyticsQuery): string {
  const params = new URLSearchParams({
    ...(days !== 30 && { days: String(days) }),
    ...(version && { version }),
  });
  return `/flows/${flowId}/analytics${params.size > 0 ? `?${params.toString()}` : ''}`;
}

/** What the API is asked. @param now epoch milliseconds */
export function paramsOf({ days, version }: AnalyticsQuery, now: number): Record<string, string> {
  const from = new Date(now - days * 86_400_000).toISOString();
  return { from, ...(version && { version }) };
}
