import { backoffMs } from '@crmflow/contracts';
import type { BusMessage, LiveMessage, LogCursor, LogSlice, LogTip } from '@crmflow/db';
import type { Logger } from 'pino';
import { createFeed, type Feed, type WatchStart, type Watcher } from './feed/feed.js';

/** What the relay is built from. */
export type RelayDeps = {
  /** One consistent page of a run's log; null where the run was deleted. */
  readLog: (runId: string, read: LogCursor) => Promise<LogSlice | null>;
  /** How far the logs of these runs go; runs that were deleted are left out. */
  readTips: (runIds: readonly string[]) => Promise<LogTip[]>;
  logger: Pick<Logger, 'warn'>;
  /** How often runs under way are looked at although nothing was heard of them. */
  pollMs?: number;
  /** Receives how long it took from a notification to its rows having been sent. */
  onSent?: (ms: number) => void;
};

/**
 * Tells the watchers of this process the stories of their runs from the log. The database being
 * away holds a story up and loses nothing of it.
 */
export type Relay = {
  /** Starts to send, or starts over from another cursor. */
  watch(runId: string, watcher: Watcher, at: WatchStart): void;
  unwatch(runId: string, watcher: Watcher): void;
  isWatching(runId: string, watcher: Watcher): boolean;
  /** How many runs are watched here. */
  watched(): number;
  /** A watcher that was full can take more. */
  resume(runId: string): void;
  notify(tip: Omit<Extract<BusMessage, { kind: 'log' }>, 'kind'>): void;
  live(message: LiveMessage): void;
  /** Pokes may have been lost. */
  catchUp(): void;
  close(): void;
};

type Entry = {
  feed: Feed;
  driving: boolean;
  failures: number;
  retry?: NodeJS.Timeout;
  notifiedAt?: number;
};

const retry = { firstMs: 100, maxMs: 2_000 };

/** A relay that nobody watches yet. */
export function createRelay({
  readLog,
  readTips,
  logger,
  pollMs = 2_000,
  onSent,
}: RelayDeps): Relay {
  const entries = new Map<string, Entry>();
  let polling = false;

  const drop = (runId: string, entry: Entry) => {
    clearTimeout(entry.retry);
    if (entries.get(runId) === entry) entries.delete(runId);
  };

  const retryLater = (runId: string, entry: Entry, error: unknown) => {
    entry.feed.failed();
    entry.failures += 1;
    if (entry.failures === 1)
      logger.warn({ err: error, runId }, 'The log of a run could not be read; retrying');
    const pauseMs = backoffMs(entry.failures, retry, Math.random());
    entry.retry = setTimeout(() => void drive(runId, entry), pauseMs);
  };

  /** Reads for a feed until it is at rest; only one such loop per feed. */
  const drive = async (runId: string, entry: Entry): Promise<void> => {
    if (entry.driving) return;
    clearTimeout(entry.retry);
    entry.driving = true;
    try {
      for (let read = entry.feed.next(); read; read = entry.feed.next()) {
        const page = await readLog(runId, read);
        if (!page) return drop(runId, entry);
        entry.feed.apply(read, page);
        entry.failures = 0;
      }
      if (entry.notifiedAt !== undefined) onSent?.(performance.now() - entry.notifiedAt);
      delete entry.notifiedAt;
    } catch (error) {
      retryLater(runId, entry, error);
    } finally {
      entry.driving = false;
    }
  };

  const invalidateAll = () => {
    for (const [runId, entry] of entries) {
      entry.feed.invalidate();
      void drive(runId, entry);
    }
  };

  const poll = async () => {
    const open = [...entries].filter(([, { feed }]) => !feed.hasEnded());
    if (open.length === 0) return;
    const tips = await readTips(open.map(([runId]) => runId));
    const found = new Map(tips.map((tip) => [tip.runId, tip]));
    for (const [runId, entry] of open) {
      const tip = found.get(runId);
      const known = entry.feed.known();
      if (!tip) drop(runId, entry);
      else if (tip.lastSeq !== known.lastSeq || tip.epoch !== known.epoch) {
        entry.feed.invalidate();
        void drive(runId, entry);
      }
    }
  };

  const timer = setInterval(() => {
    if (polling) return;
    polling = true;
    poll()
      // Each feed that has something to read says by itself that the database is away.
      .catch(() => {})
      .finally(() => (polling = false));
  }, pollMs);

  return {
    watch(runId, watcher, at) {
      let entry = entries.get(runId);
      if (!entry) {
        entry = { feed: createFeed(at), driving: false, failures: 0 };
        entries.set(runId, entry);
      }
      entry.feed.attach(watcher, at);
      void drive(runId, entry);
    },
    unwatch(runId, watcher) {
      const entry = entries.get(runId);
      entry?.feed.detach(watcher);
      if (entry && !entry.feed.isWatched()) drop(runId, entry);
    },
    watched: () => entries.size,
    isWatching: (runId, watcher) => entries.get(runId)?.feed.has(watcher) ?? false,
    resume(runId) {
      const entry = entries.get(runId);
      if (entry) void drive(runId, entry);
    },
    notify({ runId, seq, epoch, rows }) {
      const entry = entries.get(runId);
      if (!entry) return;
      entry.notifiedAt ??= performance.now();
      entry.feed.notify(
        seq,
        epoch,
        rows?.map((row) => ({ ...row, runId })),
      );
      void drive(runId, entry);
    },
    live(message) {
      const entry = entries.get(message.runId);
      if (!entry) return;
      entry.feed.live(message);
      void drive(message.runId, entry);
    },
    catchUp: invalidateAll,
    close() {
      clearInterval(timer);
      for (const [runId, entry] of entries) drop(runId, entry);
    },
  };
}
