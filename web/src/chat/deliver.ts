import type { ErrorCode } from '@crmflow/contracts';
import { type ReadonlySignal, signal } from '@preact/signals';
import { isPassing, pauseMs } from '../realtime/passing.js';
import type { Storage } from '../storage.js';
import { drop, firstPending, mark, type Outbox, parseOutbox, put, withoutTold } from './outbox.js';

/** The server's answer to one reply; undefined where none came in time. */
export type Delivery = { ok: true } | { ok: false; code: ErrorCode; message: string } | undefined;

/** What delivering needs. */
export type DeliverDeps = {
  /** The key under which the outbox is kept. */
  key: string;
  storage: Storage;
  isConnected: () => boolean;
  send: (messageId: string, text: string) => Promise<Delivery>;
  newId: () => string;
  now: () => Date;
};

/** Replies of one run that are on their way. */
export type Deliveries = {
  outbox: ReadonlySignal<Outbox>;
  /** Keeps a reply and sends it as soon as the server answers. */
  add(text: string): void;
  /** Sends what was refused once more, under the same id. */
  again(messageId: string): void;
  discard(messageId: string): void;
  /** The transcript has these: nothing more is to be done for them. */
  told(messageIds: ReadonlySet<string>): void;
  /** Sends what waits, such as after the connection is back. */
  flush(): void;
  close(): void;
};

/**
 * Brings replies to the server one by one, in the order in which they were written. Each is kept
 * on the device first, and sent under the same id until there is an answer, so none is lost and
 * none arrives twice.
 */
export function createDeliveries(deps: DeliverDeps): Deliveries {
  const { key, storage, send, isConnected } = deps;
  const outbox = signal<Outbox>(parseOutbox(storage.read(key)));
  let isBusy = false;
  let isClosed = false;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** What another tab of the same run has kept is not this one's to forget. */
  function change(next: Outbox): void {
    const before = outbox.peek();
    if (next === before) return;
    const own = new Set([...before, ...next].map(({ messageId }) => messageId));
    const others = parseOutbox(storage.read(key)).filter(({ messageId }) => !own.has(messageId));
    const kept = [...others, ...next];
    outbox.value = next;
    storage.write(key, kept.length === 0 ? '' : JSON.stringify(kept));
  }

  function settle(messageId: string, delivery: Delivery): 'go on' | 'pause' {
    if (!delivery || (!delivery.ok && isPassing(delivery.code))) return 'pause';
    if (delivery.ok) change(mark(outbox.peek(), messageId, 'held'));
    else change(mark(outbox.peek(), messageId, 'refused', delivery));
    return 'go on';
  }

  async function run(): Promise<void> {
    for (;;) {
      const next = firstPending(outbox.peek());
      if (!next || isClosed || !isConnected()) return;
      const delivery = await send(next.messageId, next.text);
      if (settle(next.messageId, delivery) === 'pause') {
        if (!isClosed) timer = setTimeout(flush, pauseMs(++failures));
        return;
      }
      failures = 0;
    }
  }

  function flush(): void {
    if (isBusy) return;
    clearTimeout(timer);
    isBusy = true;
    void run().finally(() => (isBusy = false));
  }

  return {
    outbox,
    add(text) {
      change(put(outbox.peek(), deps.newId(), text, deps.now().toISOString()));
      flush();
    },
    again(messageId) {
      change(mark(outbox.peek(), messageId, 'pending'));
      flush();
    },
    discard: (messageId) => change(drop(outbox.peek(), messageId)),
    told: (messageIds) => change(withoutTold(outbox.peek(), messageIds)),
    flush,
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}
