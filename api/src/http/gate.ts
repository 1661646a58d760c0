import { AppError } from '../errors/app-error.js';
import { createTally } from '../tally.js';

/** Lets only so much of a kind happen at once in this process; the rest waits for its turn. */
export type Gate = {
  /**
   * Does the work when it is its turn.
   * @throws AppError `rate_limited` where too much of this user's waits, or it has waited too long
   */
  run<T>(userId: string, work: () => Promise<T>): Promise<T>;
  /**
   * The same for work that does not end with a promise.
   * @returns what is to be called once at its end; more often does no harm
   */
  enter(userId: string): Promise<() => void>;
  /** How much is under way, and how much waits. */
  state(): { busy: number; waiting: number };
};

/** How much a gate lets through. */
export type GateSize = {
  atOnce: number;
  /** Of one user. */
  perUser: number;
  /** How much of one user may wait, and for how long. */
  waiting: number;
  patienceMs: number;
};

type End = () => void;
type Waiter = { userId: string; start: () => void };

const retryAfterSeconds = 2;

const busy = () =>
  new AppError(
    'rate_limited',
    'You have sent too many such requests at once. Try again in a few seconds.',
    { retryAfterSeconds },
  );

/** A gate through which nothing has gone yet. Those who wait longest go first. */
export function createGate({ atOnce, perUser, waiting, patienceMs }: GateSize): Gate {
  const running = createTally(perUser);
  const queue: Waiter[] = [];
  let total = 0;

  const mayStart = (userId: string) => total < atOnce && !running.isFull(userId);

  const begin = (userId: string): End => {
    total += 1;
    const leave = running.add(userId);
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      total -= 1;
      leave();
      const next = queue.findIndex((one) => mayStart(one.userId));
      if (next >= 0) queue.splice(next, 1)[0]?.start();
    };
  };

  const turn = (userId: string) =>
    new Promise<End>((resolve, reject) => {
      const waiter = {
        userId,
        start() {
          clearTimeout(timer);
          resolve(begin(userId));
        },
      };
      const timer = setTimeout(() => {
        queue.splice(queue.indexOf(waiter), 1);
        reject(busy());
      }, patienceMs);
      queue.push(waiter);
    });

  const enter = (userId: string): End | Promise<End> => {
    if (mayStart(userId)) return begin(userId);
    if (queue.filter((one) => one.userId === userId).length >= waiting) throw busy();
    return turn(userId);
  };

  return {
    enter: async (userId) => enter(userId),
    async run(userId, work) {
      const place = enter(userId);
      const end = place instanceof Promise ? await place : place;
      try {
        return await work();
      } finally {
        end();
      }
    },
    state: () => ({ busy: total, waiting: queue.length }),
  };
}
