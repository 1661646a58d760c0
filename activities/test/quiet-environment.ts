import { MockActivityEnvironment } from '@temporalio/testing';

const quiet = {
  log: () => undefined,
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/**
 * An activity environment that keeps its log to itself: failures are what these tests are about.
 * @param heartbeatDetails of the attempt before
 */
export function quietEnvironment(attempt = 1, heartbeatDetails?: unknown): MockActivityEnvironment {
  return new MockActivityEnvironment({ attempt, heartbeatDetails }, { logger: quiet });
}

/** Runs an activity, its result typed as it should be. */
export function runIn<I, R>(
  env: MockActivityEnvironment,
  activity: (input: I) => Promise<R>,
  input: I,
): Promise<R> {
  return env.run<[I], R, typeof activity>(activity, input);
}
