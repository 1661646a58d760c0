import { useLocation } from 'preact-iso';

/** The ways to look at a run. */
export const runViews = ['chat', 'timeline', 'canvas'] as const;

/** How a run is looked at. */
export type RunViewName = (typeof runViews)[number];

/** Where in a run's page somebody is, as its address says it. */
export type RunPlace = { view: RunViewName; nodeId: string | undefined };

/** Reads an address; what it does not know is the chat. */
export function readRunPlace(query: Record<string, string | undefined>): RunPlace {
  const view = runViews.find((one) => one === query['view']) ?? 'chat';
  return { view, nodeId: query['node'] || undefined };
}

/** The address of a run's page. */
export function runAddress(runId: string, { view, nodeId }: RunPlace): string {
  const params = new URLSearchParams({
    ...(view !== 'chat' && { view }),
    ...(view !== 'chat' && nodeId !== undefined && { node: nodeId }),
  });
  const query = params.size > 0 ? `?${params.toString()}` : '';
  return `/runs/${encodeURIComponent(runId)}${query}`;
}

/** The place of the page, and how to go elsewhere on it. */
export function useRunPlace(runId: string) {
  const { query, route } = useLocation();
  const place = readRunPlace(query);
  return {
    ...place,
    /** Another view is a step that the back button takes back; another node is not. */
    go(next: Partial<RunPlace>): void {
      const isSameView = next.view === undefined || next.view === place.view;
      route(runAddress(runId, { ...place, ...next }), isSameView);
    },
  };
}

/** Where in a run's page somebody is, and how to go elsewhere. */
export type RunNavigation = ReturnType<typeof useRunPlace>;
