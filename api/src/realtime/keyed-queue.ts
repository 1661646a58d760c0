/** Does tasks of one key one after the other, in the order in which they came. */
export type KeyedQueue = {
  /** How many tasks are not done yet, over all keys. */
  waiting(): number;
  /** @returns what the task returns or throws; a task that throws holds up none after it */
  run<T>(key: string, task: () => Promise<T>): Promise<T>;
};

/** An empty queue; its keys come and go with their tasks. */
export function createKeyedQueue(): KeyedQueue {
  const tails = new Map<string, Promise<unknown>>();
  let waiting = 0;
  return {
    waiting: () => waiting,
    run(key, task) {
      waiting += 1;
      const before = tails.get(key) ?? Promise.resolve();
      const result = before.then(task);
      const tail = result.then(
        () => {},
        () => {},
      );
      tails.set(key, tail);
      void tail.then(() => {
        waiting -= 1;
        if (tails.get(key) === tail) tails.delete(key);
      });
      return result;
    },
  };
}
