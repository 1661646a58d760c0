/** A run that somebody waits for. */
export type Watched = {
  /** Settles when more of the run may be known, and after so long at the latest. */
  next(ms: number): Promise<void>;
  end(): void;
};

/** The runs that requests of this process wait for. */
export type RunWatch = {
  watch(runId: string): Watched;
  /** Something was written to the log of a run. */
  heard(runId: string): void;
  /** Some of that may have been missed. */
  heardAll(): void;
  count(): number;
  /** Lets all go who wait, now and from now on: the process is about to stop. */
  close(): void;
  isClosed(): boolean;
};

/** A watch of runs for which nobody waits yet. */
export function createRunWatch(): RunWatch {
  const watched = new Map<string, Set<() => void>>();
  let count = 0;
  let closed = false;

  const wakeAll = () => {
    for (const wakes of watched.values()) for (const wake of wakes) wake();
  };

  return {
    watch(runId) {
      /** Whether something was heard since somebody looked last. */
      let heard = false;
      let settle = () => {};
      const wake = () => {
        heard = true;
        settle();
      };
      const wakes = watched.get(runId) ?? new Set();
      watched.set(runId, wakes.add(wake));
      count += 1;
      return {
        async next(ms) {
          if (!heard && !closed) {
            await new Promise<void>((resolve) => {
              const timer = setTimeout(resolve, ms);
              settle = () => {
                clearTimeout(timer);
                resolve();
              };
            });
          }
          heard = false;
        },
        end() {
          if (!wakes.delete(wake)) return;
          count -= 1;
          if (wakes.size === 0) watched.delete(runId);
        },
      };
    },
    heard(runId) {
      for (const wake of watched.get(runId) ?? []) wake();
    },
    heardAll: wakeAll,
    count: () => count,
    close() {
      closed = true;
      wakeAll();
    },
    isClosed: () => closed,
  };
}
