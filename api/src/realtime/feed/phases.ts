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
