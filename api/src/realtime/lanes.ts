/** Does tasks of one lane one after the other, in the order in which they came. */
export type Lanes = {
  /** How many tasks are not done yet, over all lanes. */
  waiting(): number;
  /** @returns what the task returns or throws; a task that throws holds up none after it */
  run<T>(lane: string, task: () => Promise<T>): Promise<T>;
};

/** No lanes yet; they come and go with their tasks. */
export function createLanes(): Lanes {
  const tails = new Map<string, Promise<unknown>>();
  let waiting = 0;
  return {
    waiting: () => waiting,
    run(lane, task) {
      waiting += 1;
      const before = tails.get(lane) ?? Promise.resolve();
      const result = before.then(task);
      const tail = result.then(
        () => {},
        () => {},
      );
      tails.set(lane, tail);
      void tail.then(() => {
        waiting -= 1;
        if (tails.get(lane) === tail) tails.delete(lane);
      });
      return result;
    },
  };
}
