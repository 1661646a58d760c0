import { type RunSnapshot, socketEventOf, type WireEvent } from '@crmflow/contracts';
import type { Look } from '../runs/get-snapshot.js';
import type { Watcher } from './feed/feed.js';
import type { Relay } from './relay.js';
import { type Singleflight, singleflight } from './singleflight.js';
import type { RealtimeSocket } from './sockets.js';

/** Packets that may wait for a client; the log itself is the buffer for the rest. */
const maxPending = 64;

/**
 * The way out to one client, which counts what its connection has not taken over yet: a client
 * that reads slowly, or not at all, must not fill our memory.
 */
type Outbox = {
  send(event: string, payload: object): void;
  isFull(): boolean;
  close(): void;
};

type Way = Pick<Outbox, 'send' | 'isFull'>;

/** @param onDrain told whenever the connection has taken over what waited */
function createOutbox(socket: RealtimeSocket, onDrain: () => void): Outbox {
  // Which payload belongs to which event is ensured by who calls.
  const emit = socket.emit.bind(socket) as unknown as (event: string, payload: object) => void;
  let waiting = 0;
  const drained = () => {
    waiting = 0;
    onDrain();
  };
  socket.conn.on('drain', drained);
  return {
    send(event, payload) {
      waiting += 1;
      emit(event, payload);
    },
    isFull: () => waiting >= maxPending,
    close: () => void socket.conn.off('drain', drained),
  };
}

/** An event of the log as sockets get it: `data` spread into the payload. */
function toPayload({ runId, seq, at, nodeId, visit, data }: WireEvent): object {
  return {
    ...data,
    runId,
    seq,
    at,
    ...(nodeId !== undefined && { nodeId }),
    ...(visit !== undefined && { visit }),
  };
}

/**
 * A client as one who follows a run.
 * @param onFull told when it was found full, and so was passed over
 */
function createSocketWatcher(outbox: Way, runId: string, onFull: () => void): Watcher {
  return {
    ready() {
      if (!outbox.isFull()) return true;
      onFull();
      return false;
    },
    row: (event) => outbox.send(socketEventOf[event.type], toPayload(event)),
    rewound: (toSeq) => outbox.send('run:rewound', { runId, toSeq, at: new Date().toISOString() }),
    live: ({ event, at, data }) => outbox.send(event, { ...data, runId, at }),
  };
}

/** Keeps what is sent until it is released, in order and bounded as the outbox is. */
function createHeld(outbox: Outbox) {
  let held: [event: string, payload: object][] | undefined = [];
  return {
    send(event: string, payload: object) {
      if (held) held.push([event, payload]);
      else outbox.send(event, payload);
    },
    isFull: () => (held ? held.length >= maxPending : outbox.isFull()),
    release() {
      const waiting = held ?? [];
      held = undefined;
      for (const [event, payload] of waiting) outbox.send(event, payload);
    },
  };
}

/** From where a socket is to be told a run. */
export type Begin = {
  snapshot: RunSnapshot;
  epoch: number;
  /** Said by the client; then it is told from there even if it was told that before. */
  wanted?: number | undefined;
  /** Where nothing was said. */
  otherwise: number;
};

/** A run that is followed before its start is acknowledged. End it by `release` or `drop`. */
export type Beginning = {
  /** Follows the run from its first event on, and holds back what it is told. */
  follow(snapshot: RunSnapshot): void;
  /** Sends what was held back, and goes on. */
  release(): void;
  /** The start failed: nothing is sent. */
  drop(): void;
};

/** The runs that one socket follows. */
export type Subscriptions = {
  /**
   * Looks at a run, one look at a time: a client sends a beginning again when no answer came, and
   * two looks that end one after the other would have the same events told twice.
   */
  look: Singleflight<Look>;
  /** A run that is followed already goes on where it is, unless the client says from where. */
  follow(begin: Begin): void;
  /**
   * Live events are not in the log, so who follows a new run only once it is under way misses the
   * first ones.
   */
  begin(): Beginning;
  close(): void;
};

/** The subscriptions of a socket; they end with it. */
export function createSubscriptions(socket: RealtimeSocket, relay: Relay): Subscriptions {
  const watchers = new Map<string, Watcher>();
  const full = new Set<string>();

  const outbox = createOutbox(socket, () => {
    if (full.size === 0) return;
    const runIds = [...full];
    full.clear();
    for (const runId of runIds) relay.resume(runId);
  });

  const follow = ({ snapshot, epoch, wanted, otherwise }: Begin, via: Way = outbox) => {
    const { runId, lastSeq, status, currentNodes } = snapshot;
    const watcher = watchers.get(runId) ?? createSocketWatcher(via, runId, () => full.add(runId));
    if (wanted === undefined && relay.isWatching(runId, watcher)) return;
    if (!socket.connected) return;
    watchers.set(runId, watcher);
    const afterSeq = wanted ?? otherwise;
    relay.watch(runId, watcher, { afterSeq, epoch, lastSeq, status, currentNodes });
  };

  return {
    look: singleflight(),
    follow: (begin) => follow(begin),
    begin() {
      const held = createHeld(outbox);
      let runId: string | undefined;
      return {
        follow(snapshot) {
          ({ runId } = snapshot);
          follow({ snapshot, epoch: 0, otherwise: 0 }, held);
        },
        release() {
          held.release();
          if (runId !== undefined) relay.resume(runId);
        },
        drop() {
          if (runId === undefined) return;
          const watcher = watchers.get(runId);
          if (!watcher) return;
          watchers.delete(runId);
          relay.unwatch(runId, watcher);
        },
      };
    },
    close() {
      outbox.close();
      for (const [runId, watcher] of watchers) relay.unwatch(runId, watcher);
      watchers.clear();
    },
  };
}
