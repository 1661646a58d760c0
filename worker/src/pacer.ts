import type { Pacer } from '@crmflow/activities';

/** What a core does. */
const costPerMs = 5_000;
/** Such runs take turns for half of the time. */
const share = 1 / 2;
/** A run of some hundred nodes goes through without a pause. */
const freeMs = 150;
/** A shorter pause would cost more than it leaves to others. */
const leastMs = 25;
/** What takes longer says nothing of how busy this worker is: it was away, or Temporal was. */
const longestTurnMs = 5_000;
/** Runs that were not heard of for so long go on elsewhere, or not at all. */
const forgottenMs = 60_000;

/**
 * Paces the runs that go on without waiting, so that those which wait for a reply find the worker
 * free. Workspaces share what there is: one with many such runs slows down only its own.
 *
 * A turn counts for as long as it took, from the moment when its run was let go on until it was
 * recorded. So one of a workspace's runs is at it at a time, and none for as long again; and
 * whatever makes turns slow, a busy machine or a slow disk, makes pauses longer.
 */
export function createPacer(now: () => number = () => performance.now()): Pacer {
  /** Until when what each workspace has taken is paid off. */
  const busyUntil = new Map<string, number>();
  /** Since when each run may go on. */
  const goingSince = new Map<string, number>();

  const turnMs = (runId: string, cost: number, at: number) => {
    const took = at - (goingSince.get(runId) ?? at);
    return Math.max(cost / costPerMs, Math.min(took, longestTurnMs));
  };
  const forget = (at: number) => {
    for (const [id, until] of busyUntil) if (until <= at) busyUntil.delete(id);
    for (const [id, since] of goingSince) if (since < at - forgottenMs) goingSince.delete(id);
  };

  return {
    pause({ runId, workspaceId, cost }) {
      const at = now();
      forget(at);
      const from = busyUntil.get(workspaceId) ?? at;
      busyUntil.set(workspaceId, from);
      const until = from + (turnMs(runId, cost, at) / share) * busyUntil.size;
      busyUntil.set(workspaceId, until);
      const wanted = Math.round(until - at - freeMs);
      const pauseMs = wanted < leastMs ? 0 : wanted;
      goingSince.set(runId, at + pauseMs);
      return pauseMs;
    },
    rest: (runId) => void goingSince.delete(runId),
  };
}
