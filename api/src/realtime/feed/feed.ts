import { type CurrentNode, type WireEvent, type RunStatus, isFinal } from '@crmflow/contracts';
import type { LiveMessage } from '@crmflow/db';
import { createLiveQueue } from './live-queue.js';
import type { LogPage, LogRead } from './page.js';
import { createPhases } from './phases.js';
import type { Watcher } from './watcher.js';

/** Where a watcher stands when it joins: its snapshot, and the first number that it lacks less one. */
export type Standpoint = {
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
  attach(watcher: Watcher, at: Standpoint): void;
  detach(watcher: Watcher): void;
  has(watcher: Watcher): boolean;
  /** The log goes up to `seq` now, in its `epoch`. */
  poke(seq: number, inEpoch: number): void;
  /** The log may have changed. */
  doubt(): void;
  live(message: LiveMessage): void;
  /** What to read now; undefined at rest. Follow it by `apply` or `failed` before the next. */
  next(): LogRead | undefined;
  apply(read: LogRead, page: LogPage): void;
  failed(): void;
  isWatched(): boolean;
  hasEnded(): boolean;
  /** What the feed takes for the state of the log. */
  known(): { epoch: number; lastSeq: number };
};

/** A feed for the first watcher's run; the watcher itself joins by `attach`. */
export function createFeed(start: Standpoint): Feed {
  const cursors = new Map<Watcher, number>();
  const phases = createPhases();
  const lives = createLiveQueue();
  let { epoch, lastSeq: tip, lastSeq } = start;
  let ended = isFinal(start.status);
  let pokedSeq = tip;
  let doubtful = true;
  let reading = false;
  /** Pokes that came during a read, which may have seen what they are about. */
  let pokes: { seq: number; epoch: number }[] = [];
  phases.seed(start.currentNodes);

  const isNews = (poke: { seq: number; epoch: number }) =>
    poke.epoch > epoch || (poke.epoch === epoch && poke.seq > lastSeq);

  const isAtRest = () => !reading && !doubtful && tip >= lastSeq;

  const tellLive = (message: LiveMessage) => {
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
    pokedSeq = toSeq;
    ended = false;
    phases.clear();
    lives.clear();
  };

  const tellRow = (row: WireEvent, audience: readonly Watcher[]) => {
    if (row.seq > tip) {
      lives.release(row.seq, phases.allows, tellLive);
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

  const furthestBehind = () => {
    let least: number | undefined;
    for (const [watcher, cursor] of cursors) {
      if (cursor < (least ?? tip) && watcher.ready()) least = cursor;
    }
    return least;
  };

  /** Rows that a log lacks although it should have them must not be asked for again and again. */
  const passHole = (afterSeq: number) => {
    if (afterSeq === tip) lastSeq = tip;
    for (const [watcher, cursor] of cursors) {
      if (cursor >= afterSeq && cursor < tip) cursors.set(watcher, tip);
    }
  };

  return {
    attach(watcher, at) {
      cursors.set(watcher, at.afterSeq);
      // An older epoch makes the next read tell what was rewritten since; told twice does no harm.
      epoch = Math.min(epoch, at.epoch);
      doubtful = true;
    },
    detach: (watcher) => void cursors.delete(watcher),
    has: (watcher) => cursors.has(watcher),
    poke(seq, inEpoch) {
      const poke = { seq, epoch: inEpoch };
      if (isNews(poke)) pokedSeq = Math.max(pokedSeq, seq);
      if (reading) pokes.push(poke);
      else if (isNews(poke)) doubtful = true;
    },
    doubt: () => void (doubtful = true),
    live(message) {
      if (cursors.size === 0) return;
      if (isAtRest() && phases.allows(message)) return tellLive(message);
      // At rest the poke that opens its node must have been lost: look before it is dropped.
      if (isAtRest()) doubtful = true;
      lives.push(message, Math.max(pokedSeq, tip));
    },
    next() {
      if (cursors.size === 0) return undefined;
      const afterSeq = doubtful || tip < lastSeq ? tip : furthestBehind();
      if (afterSeq === undefined) return undefined;
      if (afterSeq === tip) doubtful = false;
      reading = true;
      pokes = [];
      return { afterSeq, knownEpoch: epoch };
    },
    apply(read, page) {
      reading = false;
      if (epoch < read.knownEpoch) return; // somebody with an older view has joined: look again
      epoch = page.epoch;
      if (page.rewoundTo !== undefined) rewind(page.rewoundTo);
      rewind(page.lastSeq);
      lastSeq = page.lastSeq;
      doubtful ||= pokes.some(isNews);
      if (read.afterSeq <= tip) {
        const audience = [...cursors]
          .filter(([watcher, cursor]) => cursor >= read.afterSeq && watcher.ready())
          .map(([watcher]) => watcher);
        for (const row of page.rows) tellRow(row, audience);
        if (page.rows.length === 0) passHole(read.afterSeq);
      }
      if (isAtRest()) lives.flush(phases.allows, tellLive);
    },
    failed() {
      reading = false;
      doubtful = true;
    },
    isWatched: () => cursors.size > 0,
    hasEnded: () => ended,
    known: () => ({ epoch, lastSeq }),
  };
}
