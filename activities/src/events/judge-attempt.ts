import type { Verdict } from '@crmflow/db';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** The pauses after each failed attempt: a bit more than a day in all. */
const pauses = [
  ...[5 * second, 5 * minute, 30 * minute, 2 * hour],
  ...[5 * hour, 10 * hour, 10 * hour],
];

/** From this failure on, after some two and a half hours, an event holds back no other. */
const failuresInLine = 5;

/** For so long each attempt may fail before an endpoint is disabled. */
const failingMs = 3 * 24 * hour;

/** The longest that a receiver can put off an attempt. */
const longestRetryAfterMs = 24 * hour;

/** Answers whose Retry-After says when the receiver has room again. */
const throttled = new Set([429, 502, 503, 504]);

/** What came of an attempt. Times are in epoch milliseconds. */
export type Outcome = {
  /** Null where there was no answer. */
  status: number | null;
  retryAfterMs?: number | undefined;
  /** When it was over. */
  at: number;
};

/** What is known of a delivery before the attempt. */
export type Before = { tries: number; isTest: boolean; failingSince: Date | null };

/**
 * What follows from an attempt: anything but a 2xx is a failure, and 410 asks not to be sent to again.
 * @param random from 0 to 1: pauses differ, so that receivers are not met by everybody at once
 */
export function judgeAttempt(
  { status, retryAfterMs = 0, at }: Outcome,
  { tries, isTest, failingSince }: Before,
  random: number,
): Verdict {
  if (status !== null && status >= 200 && status < 300) return { then: 'delivered' };
  if (status === 410) return { then: 'disable', because: 'gone' };
  if (isTest) return { then: 'undelivered' };
  if (failingSince !== null && at - failingSince.getTime() > failingMs) {
    return { then: 'disable', because: 'failing' };
  }
  const pause = pauses[tries];
  if (pause === undefined) return { then: 'undelivered' };
  const asked = status !== null && throttled.has(status) ? retryAfterMs : 0;
  const pauseMs = Math.max(pause * (1 + random / 5), Math.min(asked, longestRetryAfterMs));
  return { then: 'again', at: new Date(at + pauseMs), aside: tries + 1 >= failuresInLine };
}
