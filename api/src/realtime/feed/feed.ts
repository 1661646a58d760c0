import { type CurrentNode, type WireEvent, type RunStatus, isFinal } from '@crmflow/contracts';
import type { LiveMessage, LogCursor, LogSlice } from '@crmflow/db';
import { createLiveQueue, createPhases } from './live-events.js';

/** One who follows a run: in production a socket. All three tell without waiting. */
export type Watcher = {
  /** Whether it can take more now; where not, it is passed over until it can. */
  ready(): boolean;
  row(event: WireEvent): void;
  rewound(toSeq: number): void;
  live(message: LiveMessage): void;
};

/** Where a watcher stands when it joins: its snapshot, and the first number that it lacks less one. */
export type WatchStart = {
  afterSeq: number;
  epoch: number;
  lastSeq: number;
  status: RunStatus;
  currentNodes: readonly CurrentNode[];
};

/**
 * The story of one run as this process tells it to those who watch: decides what to read of the
 * log next and who gets which row. It does no I/O itself, so any schedule can be tried on it.
 *
 * The feed has a position of its own (`tip`) at the front; it reads there first, so that watchers
 * who catch up from far behind do not hold up those who are live.
 */
export type Feed = {
  attach(watcher: Watcher, at: WatchStart): void;
  detach(watcher: Watcher): void;
  has(watcher: Watcher): boolean;
  /**
   * The log goes up to `seq` now, in its `epoch`.
   * @param rows those up to `seq`, where they are known; told at once if only they are lacking
   */
  notify(seq: number, inEpoch: number, rows?: readonly WireEvent[]): void;
  /** The log may have changed. */
  invalidate(): void;
  live(message: LiveMessage): void;
  /** What to read now; undefined at rest. Follow it by `apply` or `failed` before the next. */
  next(): LogCursor | undefined;
  apply(read: LogCursor, page: LogSlice): void;
  failed(): void;
  isWatched(): boolean;
  hasEnded(): boolean;
  /** What the feed takes for the state of the log. */
  known(): { epoch: number; lastSeq: number };
};

/** A feed for the first watcher's run; the watcher itself joins by `attach`. */
export function createFeed(start: WatchStart): Feed {
  const cursors = new Map<Watcher, number>();
  const phases = createPhases();
  const liveQueue = createLiveQueue();
  let { epoch, lastSeq: tip, lastSeq } = start;
  let ended = isFinal(start.status);
  let notifiedSeq = tip;
  let isStale = true;
  let reading = false;
  /** Pokes that came during a read, which may have seen what they are about. */
  let notices: { seq: number; epoch: number }[] = [];
  phases.seed(start.currentNodes);

  const isNewer = (notify: { seq: number; epoch: number }) =>
    notify.epoch > epoch || (notify.epoch === epoch && notify.seq > lastSeq);

  const isAtRest = () => !reading && !isStale && tip >= lastSeq;

  const sendLive = (message: LiveMessage) => {
    for (const [watcher, cursor] of cursors) {
      if (cursor === tip && watcher.ready()) watcher.live(message);
    }
  };

  const rewind = (toSeq: number) => {
    for (const [watcher, cursor] of cursors) {
      if (cursor <= toSeq) continue;
      cursors.set(watcher, toSeq);
      watcher.rewound(toSeq);
    }
    if (tip <= toSeq) return;
    tip = toSeq;
    notifiedSeq = toSeq;
    ended = false;
    phases.clear();
    liveQueue.clear();
  };

  const sendRow = (row: WireEvent, audience: readonly Watcher[]) => {
    if (row.seq > tip) {
      liveQueue.release(row.seq, phases.allows, sendLive);
      phases.follow(row);
      ended = row.type === 'run.finished';
      tip = row.seq;
    }
    for (const watcher of audience) {
      if ((cursors.get(watcher) ?? row.seq) >= row.seq) continue;
      cursors.set(watcher, row.seq);
      watcher.row(row);
    }
  };

  const minCursor = () => {
    let least: number | undefined;
    for (const [watcher, cursor] of cursors) {
      if (cursor < (least ?? tip) && watcher.ready()) least = cursor;
    }
    return least;
  };

  /** Rows that a log lacks although it should have them must not be asked for again and again. */
  const skipGap = (afterSeq: number) => {
    if (afterSeq === tip) lastSeq = tip;
    for (const [watcher, cursor] of cursors) {
      if (cursor >= afterSeq && cursor < tip) cursors.set(watcher, tip);
    }
  };

  const apply = (read: LogCursor, page: LogSlice) => {
    reading = false;
    if (epoch < read.knownEpoch) return; // somebody with an older view has joined: look again
    epoch = page.epoch;
    if (page.rewoundTo !== undefined) rewind(page.rewoundTo);
    rewind(page.lastSeq);
    lastSeq = page.lastSeq;
    isStale ||= notices.some(isNewer);
    if (read.afterSeq <= tip) {
      const audience = [...cursors]
        .filter(([watcher, cursor]) => cursor >= read.afterSeq && watcher.ready())
        .map(([watcher]) => watcher);
      for (const row of page.rows) sendRow(row, audience);
      if (page.rows.length === 0) skipGap(read.afterSeq);
    }
    if (isAtRest()) liveQueue.flush(phases.allows, sendLive);
  };

  return {
    attach(watcher, at) {
      cursors.set(watcher, at.afterSeq);
      // An older epoch makes the next read tell what was rewritten since; told twice does no harm.
      epoch = Math.min(epoch, at.epoch);
      isStale = true;
    },
    detach: (watcher) => void cursors.delete(watcher),
    has: (watcher) => cursors.has(watcher),
    notify(seq, inEpoch, rows = []) {
      const notify = { seq, epoch: inEpoch };
      if (isNewer(notify)) notifiedSeq = Math.max(notifiedSeq, seq);
      if (isAtRest() && inEpoch === epoch && rows[0]?.seq === tip + 1) {
        return apply(
          { afterSeq: tip, knownEpoch: epoch },
          { epoch, lastSeq: seq, rows: [...rows] },
        );
      }
      if (reading) notices.push(notify);
      else if (isNewer(notify)) isStale = true;
    },
    invalidate: () => void (isStale = true),
    live(message) {
      if (cursors.size === 0) return;
      if (isAtRest() && phases.allows(message)) return sendLive(message);
      // At rest the notification that opens its node must have been lost: look before it is dropped.
      if (isAtRest()) isStale = true;
      liveQueue.push(message, Math.max(notifiedSeq, tip));
    },
    next() {
      if (cursors.size === 0) return undefined;
      const afterSeq = isStale || tip < lastSeq ? tip : minCursor();
      if (afterSeq === undefined) return undefined;
      if (afterSeq === tip) isStale = false;
      reading = true;
      notices = [];
      return { afterSeq, knownEpoch: epoch };
    },
    apply,
    failed() {
      reading = false;
      isStale = true;
    },
    isWatched: () => cursors.size > 0,
    hasEnded: () => ended,
    known: () => ({ epoch, lastSeq }),
  };
}
