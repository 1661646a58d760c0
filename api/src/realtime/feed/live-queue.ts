import type { LiveMessage } from '@crmflow/db';

/** Live events beyond this many wait for no one: their text is in the log when the call ends. */
const capacity = 500;

/**
 * Live events that came while rows before them were still to be read. Each knows how far the log
 * had grown when it came, so that it is told after those rows and before later ones.
 */
export type LiveQueue = {
  push(message: LiveMessage, afterSeq: number): void;
  /** Tells those that belong before the row `seq`; one without its place yet stays. */
  release(seq: number, allows: Allows, tell: Tell): void;
  /** Tells those that have their place and drops the others. */
  flush(allows: Allows, tell: Tell): void;
  clear(): void;
};

type Allows = (message: LiveMessage) => boolean;
type Tell = (message: LiveMessage) => void;

/** An empty queue. */
export function createLiveQueue(): LiveQueue {
  let waiting: { message: LiveMessage; afterSeq: number }[] = [];
  return {
    push(message, afterSeq) {
      if (waiting.length === capacity) waiting.shift();
      waiting.push({ message, afterSeq });
    },
    release(seq, allows, tell) {
      if (waiting.length === 0) return;
      const due = (one: (typeof waiting)[number]) => one.afterSeq < seq && allows(one.message);
      const released = waiting.filter(due);
      waiting = waiting.filter((one) => !due(one));
      for (const { message } of released) tell(message);
    },
    flush(allows, tell) {
      const rest = waiting;
      waiting = [];
      for (const { message } of rest) if (allows(message)) tell(message);
    },
    clear: () => void (waiting = []),
  };
}
