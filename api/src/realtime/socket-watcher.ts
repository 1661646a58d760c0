import { socketEventOf, type WireEvent } from '@crmflow/contracts';
import type { Watcher } from './feed/watcher.js';
import type { Outbox } from './outbox.js';

/** An event of the log as sockets get it: `data` spread into the payload. */
export function toPayload({ runId, seq, at, nodeId, visit, data }: WireEvent): object {
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
export function createSocketWatcher(outbox: Outbox, runId: string, onFull: () => void): Watcher {
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
