import { pluralIn } from '../../../texts/plural.js';

const plural = pluralIn('en');

/** What happened in the runs of a flow. */
export const analytics = {
  loading: 'Loading analytics…',
  failed: 'Couldn’t load the analytics',
  period: 'Period',
  days: (count: number) => plural(count, 'Last day', 'Last # days'),
  version: 'Version',
  everyVersion: 'All versions and drafts',
  draft: 'Drafts',
  number: (number: number) => `Version ${number}`,
  empty: {
    title: 'No runs in this period',
    text: 'Choose a longer period, or start a run.',
  },
  runs: 'Runs',
  completion: 'Completion rate',
  completionOf: 'of runs that have ended',
  none: '–',
  tokens: 'Tokens',
  byStatus: 'Runs by status',
  nodes: 'Node performance',
  node: 'Node',
  reached: 'Reached',
  dropped: 'Drop-offs',
  median: 'Median time',
  gone: 'no longer in the draft',
  reachedBy: (count: number, share: string) => `${count} (${share})`,
};
