/** How long Temporal keeps the histories of runs that have ended. */
export const retentionDays = 90;

/**
 * Dynamic configuration of the development server. It has one shard and one database file; its
 * own settings poll the queues of that shard twenty times a second, which makes every step of a
 * lonely run wait.
 */
const dynamicConfig = {
  'history.transferProcessorMaxPollRPS': 2000,
  'history.timerProcessorMaxPollRPS': 2000,
  'history.visibilityProcessorMaxPollRPS': 200,
  // Timers below a second fire on time, retries of calls among them.
  'history.timerProcessorMaxTimeShift': '"10ms"',
  'system.enableActivityEagerExecution': true,
  'matching.numTaskqueueReadPartitions': 1,
  'matching.numTaskqueueWritePartitions': 1,
};

const sqlite = { journal_mode: 'WAL', synchronous: 'NORMAL' };

/** The development server's flags for the above. */
export const devServerFlags = [
  ...Object.entries(dynamicConfig).flatMap(([key, value]) => [
    '--dynamic-config-value',
    `${key}=${value}`,
  ]),
  ...Object.entries(sqlite).flatMap(([key, value]) => ['--sqlite-pragma', `${key}=${value}`]),
];
