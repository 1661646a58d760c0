import type { Gate } from '../http/gate.js';
import type { Started } from './start-run.js';

/** Starts of runs take turns by user, so that a bulk of them holds up nobody else's run. */
export type Starts = {
  /**
   * Starts a run when it is the user's turn.
   * @param runId that it gets, if it is a new one
   * @throws AppError `rate_limited` where too many starts of the user wait
   */
  run(userId: string, runId: string, start: () => Promise<Started>): Promise<Started>;
  /** Something was written to the log of a run. */
  heard(runId: string): void;
};

/** A busy worker takes longer for a first turn; without any, starts go on at this pace. */
const patienceMs = 1_000;

/**
 * A new run keeps its user's place until its first turn is in the log, also after the start was
 * answered: so a bulk of starts is as quick as the workers are, and leaves room for others' replies.
 */
export function createStarts(gate: Pick<Gate, 'enter'>): Starts {
  const places = new Map<string, () => void>();

  return {
    async run(userId, runId, start) {
      const leave = await gate.enter(userId);
      const end = () => {
        places.delete(runId);
        leave();
      };
      places.set(runId, end);
      try {
        const started = await start();
        if (started.created) setTimeout(end, patienceMs).unref();
        else end();
        return started;
      } catch (error) {
        end();
        throw error;
      }
    },
    heard: (runId) => places.get(runId)?.(),
  };
}
