import type { ConversationLive } from '@crmflow/contracts';
import { type LiveMessage, publicMessageId } from '@crmflow/db';
import type { Pool } from 'pg';

/** One who follows a conversation: in production a stream of events to a visitor's page. */
export type Follower = {
  /** There may be more to read. */
  wake(): void;
  /** Something is being written: best effort. */
  chunk(chunk: ConversationLive['chunk']): void;
  /** Somebody of the team writes: best effort. */
  typing(): void;
};

/** A conversation that is followed, for whoever follows it to say where it is. */
export type Following = {
  /** Names the run that speaks now. */
  runIs(runId: string | null): void;
  end(): void;
};

/** The conversations that visitors of this process follow. */
export type VisitorStreams = {
  follow(conversationId: string, follower: Follower): Following;
  /** A conversation was told more. */
  wake(conversationId: string): void;
  /** Some of that may have been missed. */
  wakeAll(): void;
  live(message: LiveMessage): void;
  /** Who leads a conversation writes. */
  typing(conversationId: string): void;
  count(): number;
};

/** A run whose tokens are on their way to those who follow it. */
type Writing = { followers: Set<Follower>; key?: string; id?: Promise<string | null> };

/**
 * The id of the message that a call of the model leads to: by how many its visit had said when the call
 * began. Where the answer was quicker than this look, its message is in the log already.
 */
async function nextMessageId(
  pool: Pool,
  runId: string,
  { nodeId, visit }: { nodeId: string; visit: number },
): Promise<string> {
  const { rows } = await pool.query<{ said: number }>({
    name: 'said-by-visit',
    text: `SELECT count(*)::int AS said FROM "ExecutionLog"
            WHERE "runId" = $1 AND type = 'message' AND "nodeId" = $2 AND visit = $3
              AND data->>'role' = 'ai'
              AND seq < (SELECT max(seq) FROM "ExecutionLog"
                          WHERE "runId" = $1 AND type = 'ai.started' AND "nodeId" = $2
                            AND visit = $3)`,
    values: [runId, nodeId, visit],
  });
  return publicMessageId(runId, `${nodeId}:${visit}:${(rows[0]?.said ?? 0) + 1}`);
}

/** @param pool where the logs of runs are */
export function createVisitorStreams(pool: Pool): VisitorStreams {
  const followed = new Map<string, Set<Follower>>();
  const writing = new Map<string, Writing>();
  let count = 0;

  const leave = (runId: string | null, follower: Follower) => {
    const run = runId === null ? undefined : writing.get(runId);
    run?.followers.delete(follower);
    if (runId !== null && run?.followers.size === 0) writing.delete(runId);
  };

  return {
    follow(conversationId, follower) {
      const followers = followed.get(conversationId) ?? new Set();
      followed.set(conversationId, followers.add(follower));
      count += 1;
      let current: string | null = null;
      let isOver = false;
      return {
        runIs(runId) {
          if (runId === current || isOver) return;
          leave(current, follower);
          current = runId;
          if (runId === null) return;
          const run = writing.get(runId) ?? { followers: new Set() };
          run.followers.add(follower);
          writing.set(runId, run);
        },
        end() {
          if (isOver) return;
          isOver = true;
          count -= 1;
          leave(current, follower);
          followers.delete(follower);
          if (followers.size === 0) followed.delete(conversationId);
        },
      };
    },
    wake(conversationId) {
      for (const follower of followed.get(conversationId) ?? []) follower.wake();
    },
    wakeAll() {
      for (const followers of followed.values()) for (const follower of followers) follower.wake();
    },
    live(message) {
      const run = writing.get(message.runId);
      if (!run || message.event !== 'ai:chunk') return;
      const { nodeId, visit, attempt, offset, text } = message.data;
      const key = `${nodeId}:${visit}:${attempt}`;
      if (run.key !== key || offset === 0) {
        run.key = key;
        // After the one before: parts go out in the order in which they came. A page that misses
        // one has the whole message in a moment.
        const before = run.id ?? Promise.resolve(null);
        run.id = before
          .then(() => nextMessageId(pool, message.runId, { nodeId, visit }))
          .catch(() => null);
      }
      void run.id?.then((id) => {
        if (id === null) return;
        for (const follower of run.followers) follower.chunk({ id, offset, text });
      });
    },
    typing(conversationId) {
      for (const follower of followed.get(conversationId) ?? []) follower.typing();
    },
    count: () => count,
  };
}
