import type { CurrentNode, WireEvent } from '@crmflow/contracts';
import type { LiveMessage } from '@crmflow/db';

type Phase = 'active' | 'streaming';

const keyOf = ({ nodeId, visit }: { nodeId?: string; visit?: number }) => `${nodeId}:${visit}`;

/**
 * Which node executions are under way at the feed's position in the log, and which of them stream
 * tokens. It decides whether a live event still has its place in the story: a chunk has it between
 * `ai.started` and `ai.completed`, a retry while its node is active.
 */
export type Phases = {
  /** Takes over what a snapshot says of the run's nodes. */
  seed(nodes: readonly CurrentNode[]): void;
  follow(row: WireEvent): void;
  allows(message: LiveMessage): boolean;
  clear(): void;
};

/** The phases of no node at all. */
export function createPhases(): Phases {
  const phases = new Map<string, Phase>();
  return {
    seed(nodes) {
      // A snapshot does not tell a call of the model from others; only the model's sends chunks.
      for (const node of nodes) if (node.state === 'active') phases.set(keyOf(node), 'streaming');
    },
    follow(row) {
      if (row.type === 'node.activated') phases.set(keyOf(row), 'active');
      else if (row.type === 'ai.started') phases.set(keyOf(row), 'streaming');
      else if (row.type === 'ai.completed') phases.set(keyOf(row), 'active');
      else if (row.type === 'node.completed' || row.type === 'node.failed') {
        phases.delete(keyOf(row));
      } else if (row.type === 'run.finished') phases.clear();
    },
    allows(message) {
      const phase = phases.get(keyOf(message.data));
      return message.event === 'ai:chunk' ? phase === 'streaming' : phase !== undefined;
    },
    clear: () => phases.clear(),
  };
}

/** Live events beyond this many wait for no one: their text is in the log when the call ends. */
const capacity = 500;

/**
 * Live events that came while rows before them were still to be read. Each knows how far the log
 * had grown when it came, so that it is told after those rows and before later ones.
 */
export type LiveQueue = {
  push(message: LiveMessage, afterSeq: number): void;
  /** Tells those that belong before the row `seq`; one without its place yet stays. */
  release(seq: number, allows: Allows, send: Send): void;
  /** Tells those that have their place and drops the others. */
  flush(allows: Allows, send: Send): void;
  clear(): void;
};

type Allows = (message: LiveMessage) => boolean;
type Send = (message: LiveMessage) => void;

/** An empty queue. */
export function createLiveQueue(): LiveQueue {
  let waiting: { message: LiveMessage; afterSeq: number }[] = [];
  return {
    push(message, afterSeq) {
      if (waiting.length === capacity) waiting.shift();
      waiting.push({ message, afterSeq });
    },
    release(seq, allows, send) {
      if (waiting.length === 0) return;
      const due = (one: (typeof waiting)[number]) => one.afterSeq < seq && allows(one.message);
      const released = waiting.filter(due);
      waiting = waiting.filter((one) => !due(one));
      for (const { message } of released) send(message);
    },
    flush(allows, send) {
      const rest = waiting;
      waiting = [];
      for (const { message } of rest) if (allows(message)) send(message);
    },
    clear: () => void (waiting = []),
  };
}
