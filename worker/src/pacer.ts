/**
 * Says for how long a run that goes on without waiting is to let others go first.
 * @param cost of the turn that it has just taken, see `Turn.cost`
 * @returns milliseconds; 0 where it may go on at once
 */
export type Pacer = (ownerId: string, cost: number) => number;

/** What such runs may take together: half of what a core does. */
const costPerMs = 2_500;
/** A run of some hundred nodes goes through without a pause. */
const freeMs = 150;
/** A shorter pause would cost more than it leaves to others. */
const leastMs = 25;

/**
 * Paces the runs that go on without waiting, so that those which wait for a reply find the worker
 * free. Owners share what there is: who has many such runs slows down only their own.
 */
export function createPacer(now: () => number = () => performance.now()): Pacer {
  /** Until when what each owner has taken is paid off. */
  const busyUntil = new Map<string, number>();
  return (ownerId, cost) => {
    const at = now();
    for (const [id, until] of busyUntil) if (until <= at) busyUntil.delete(id);
    const from = busyUntil.get(ownerId) ?? at;
    busyUntil.set(ownerId, from);
    const until = from + (cost * busyUntil.size) / costPerMs;
    busyUntil.set(ownerId, until);
    const pauseMs = Math.round(until - at - freeMs);
    return pauseMs < leastMs ? 0 : pauseMs;
  };
}
