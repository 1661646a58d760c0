import { pluralIn } from '../../../texts/plural.js';

const plural = pluralIn('en');

/** The list of runs. */
export const list = {
  title: 'Runs',
  loading: 'Loading runs…',
  failed: 'Couldn’t load the runs',
  empty: {
    title: 'No runs yet',
    text: 'Open a flow and start a test, or try a flow from your list. Its runs appear here.',
    flows: 'Go to your flows',
  },
  none: {
    title: 'No runs match',
    text: 'Try another flow or status.',
    all: 'Show all runs',
  },
  flow: 'Flow',
  allFlows: 'All flows',
  status: 'Status',
  allStatuses: 'All',
  startedAgo: (when: string) => `Started ${when}`,
  lastAgo: (when: string) => `Last event ${when}`,
  tookTime: (duration: string) => `Took ${duration}`,
  draft: 'Draft',
  number: (version: number) => `Version ${version}`,
  more: 'Show more',
  fresh: (count: number) => plural(count, 'Show # new run', 'Show # new runs'),
  fork: 'Fork',
};
