/** The list of runs. */
export const list = {
  title: 'Runs',
  loading: 'Loading runs…',
  failed: 'The runs cannot be shown',
  empty: {
    title: 'No runs yet',
    text: 'Open a flow and press Test, or try it from the list of flows: its runs appear here.',
    flows: 'To your flows',
  },
  none: {
    title: 'No run fits',
    text: 'No run has this flow and this status.',
    all: 'Show all runs',
  },
  flow: 'Flow',
  allFlows: 'All flows',
  status: 'Status',
  allStatuses: 'Any status',
  startedAgo: (when: string) => `Started ${when}`,
  lastAgo: (when: string) => `Last event ${when}`,
  tookTime: (duration: string) => `Took ${duration}`,
  draft: 'Draft',
  number: (version: number) => `Version ${version}`,
  more: 'Show more',
  fresh: (count: number) => (count === 1 ? 'Show 1 new run' : `Show ${count} new runs`),
  fork: 'Fork',
};
