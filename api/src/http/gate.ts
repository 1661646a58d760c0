import { AppError } from '../errors/app-error.js';

/** Lets only so much of a kind happen at once in this process; the rest waits for its turn. */
export type Gate = {
  /**
   * Does the work when it is its turn.
   * @throws AppError `rate_limited` where too much of this user's waits, or it has waited too long
   */
  run<T>(userId: string, work: () => Promise<T>): Promise<T>;
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
  const running = new Map<string, number>();
  const queue: Waiter[] = [];
  let total = 0;

  const mayStart = (userId: string) =>
    total < atOnce && (running.get(userId) ?? 0) < Math.min(perUser, atOnce);

  const begin = (userId: string) => {
    total += 1;
    running.set(userId, (running.get(userId) ?? 0) + 1);
  };

  const end = (userId: string) => {
    total -= 1;
    const left = (running.get(userId) ?? 1) - 1;
    if (left > 0) running.set(userId, left);
    else running.delete(userId);
    const next = queue.findIndex((one) => mayStart(one.userId));
    if (next >= 0) queue.splice(next, 1)[0]?.start();
  };

  const turn = (userId: string) =>
    new Promise<void>((resolve, reject) => {
      const waiter = {
        userId,
        start() {
          clearTimeout(timer);
          begin(userId);
          resolve();
        },
      };
      const timer = setTimeout(() => {
        queue.splice(queue.indexOf(waiter), 1);
        reject(busy());
      }, patienceMs);
      queue.push(waiter);
    });

  return {
    async run(userId, work) {
      if (mayStart(userId)) begin(userId);
      else if (queue.filter((one) => one.userId === userId).length >= waiting) throw busy();
      else await turn(userId);
      try {
        return await work();
      } finally {
        end(userId);
      }
    },
    state: () => ({ busy: total, waiting: queue.length }),
  };
}
