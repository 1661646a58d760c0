import { pluralIn } from '../../../texts/plural.js';

const plural = pluralIn('en');

/** For how long runs are kept, in English. */
export const retention = {
  title: 'Retention',
  text: 'How long runs are kept after they end. Deleting a run deletes its messages, its log, its variables and its history in Temporal, and analytics no longer count it. Active runs are never deleted. Deleted runs can’t be restored.',
  kinds: { runDays: 'Runs of published versions', testRunDays: 'Test runs' },
  forever: 'Keep forever',
  delete: 'Delete after a number of days',
  after: (days: number) =>
    plural(days, 'Deleted # day after they end', 'Deleted # days after they end'),
  days: {
    runDays: 'Days to keep runs of published versions',
    testRunDays: 'Days to keep test runs',
  },
  range: (most: string) => `From 1 to ${most} days.`,
  save: 'Save retention',
  confirmTitle: 'Delete older runs?',
  confirm: {
    runDays: (days: number) =>
      plural(
        days,
        'Runs of published versions will be deleted # day after they end.',
        'Runs of published versions will be deleted # days after they end.',
      ),
    testRunDays: (days: number) =>
      plural(
        days,
        'Test runs will be deleted # day after they end.',
        'Test runs will be deleted # days after they end.',
      ),
  },
  confirmText: 'Older ones are deleted within the next hours. You can’t undo this.',
  confirmButton: 'Delete older runs',
};
