import type { RunSnapshot } from '@crmflow/contracts';
import type { Look } from '../runs/get-snapshot.js';
import type { Watcher } from './feed/watcher.js';
import { createOutbox } from './outbox.js';
import type { Relay } from './relay.js';
import { createSocketWatcher } from './socket-watcher.js';
import { type ShareUnderWay, shareUnderWay } from './share-under-way.js';
import type { RealtimeSocket } from './sockets.js';

/** From where a socket is to be told a run. */
export type Begin = {
  snapshot: RunSnapshot;
  epoch: number;
  /** Said by the client; then it is told from there even if it was told that before. */
  wanted?: number | undefined;
  /** Where nothing was said. */
  otherwise: number;
};

/** The runs that one socket follows. */
export type Watches = {
  /**
   * Looks at a run, one look at a time: a client sends a beginning again when no answer came, and
   * two looks that end one after the other would have the same events told twice.
   */
  look: ShareUnderWay<Look>;
  /** A run that is followed already goes on where it is, unless the client says from where. */
  follow(begin: Begin): void;
  close(): void;
};

/** The watches of a socket; they end with it. */
export function createWatches(socket: RealtimeSocket, relay: Relay): Watches {
  const watchers = new Map<string, Watcher>();
  const full = new Set<string>();

  const outbox = createOutbox(socket, () => {
    if (full.size === 0) return;
    const runIds = [...full];
    full.clear();
    for (const runId of runIds) relay.resume(runId);
  });

  return {
    look: shareUnderWay(),
    follow({ snapshot, epoch, wanted, otherwise }) {
      const { runId, lastSeq, status, currentNodes } = snapshot;
      const watcher =
        watchers.get(runId) ?? createSocketWatcher(outbox, runId, () => full.add(runId));
      if (wanted === undefined && relay.isWatching(runId, watcher)) return;
      if (!socket.connected) return;
      watchers.set(runId, watcher);
      const afterSeq = wanted ?? otherwise;
      relay.watch(runId, watcher, { afterSeq, epoch, lastSeq, status, currentNodes });
    },
    close() {
      outbox.close();
      for (const [runId, watcher] of watchers) relay.unwatch(runId, watcher);
      watchers.clear();
    },
  };
}
