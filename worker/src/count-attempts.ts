import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { Counter, type Registry } from 'prom-client';

/** Activities that are watched from the start, so that the first failure shows as one. */
const watched = [
  'generate',
  'callHttp',
  'searchKnowledge',
  'updateContact',
  'readOfficeHours',
  'beginFlow',
  'recordRunEvents',
];

/**
 * Counts what became of each attempt of an activity. The name is one of ours, never anybody's data.
 * @returns the interceptor that counts
 */
export function countAttempts(register: Registry): ActivityInterceptorsFactory {
  const attempts = new Counter({
    name: 'crmflow_activity_attempts_total',
    help: 'Attempts of activities: ok, or failed and then tried again or given up',
    labelNames: ['activity', 'outcome'] as const,
    registers: [register],
  });
  for (const activity of watched) {
    for (const outcome of ['ok', 'failed']) attempts.inc({ activity, outcome }, 0);
  }
  return ({ info: { activityType: activity } }) => ({
    inbound: {
      async execute(input, next) {
        try {
          const result = await next(input);
          attempts.inc({ activity, outcome: 'ok' });
          return result;
        } catch (error) {
          attempts.inc({ activity, outcome: 'failed' });
          throw error;
        }
      },
    },
  });
}
