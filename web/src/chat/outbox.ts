import type { ErrorCode, RunError } from '@crmflow/contracts';
import { type ReadonlySignal, signal } from '@preact/signals';
import { isTransient, pauseMs } from '../realtime/retry.js';
import type { Storage } from '../storage.js';

/** A reply on its way: kept on the device until the transcript has it. */
export type Outgoing = {
  messageId: string;
  text: string;
  /** ISO 8601. */
  at: string;
  /** Not acknowledged yet, held by the server, or refused for good. */
  state: 'pending' | 'held' | 'refused';
  error?: Pick<RunError, 'code' | 'message'>;
};

/** The reply with this id, changed. */
function mark(
  messages: readonly Outgoing[],
  messageId: string,
  state: Outgoing['state'],
  error?: Outgoing['error'],
): readonly Outgoing[] {
  return messages.map((one) => {
    if (one.messageId !== messageId) return one;
    const { error: _before, ...rest } = one;
    return { ...rest, state, ...(error && { error }) };
  });
}

function isOutgoing(value: unknown): value is Outgoing {
  if (typeof value !== 'object' || value === null) return false;
  const { messageId, text, at, state } = value as Record<string, unknown>;
  return [messageId, text, at, state].every((field) => typeof field === 'string');
}

/** Replies as they were kept; whatever else is there counts as none. */
function parseOutgoing(kept: string | null): readonly Outgoing[] {
  if (kept === null) return [];
  try {
    const value = JSON.parse(kept) as unknown;
    return Array.isArray(value) ? value.filter(isOutgoing) : [];
  } catch {
    return [];
  }
}

/** The server's answer to one reply; undefined where none came in time. */
export type Delivery = { ok: true } | { ok: false; code: ErrorCode; message: string } | undefined;

/** What an outbox needs. */
export type OutboxDeps = {
  /** The key under which the outbox is kept. */
  key: string;
  storage: Storage;
  isConnected: () => boolean;
  send: (messageId: string, text: string) => Promise<Delivery>;
  newId: () => string;
  now: () => Date;
};

/** Replies of one run that are on their way. */
export type Outbox = {
  /** In the order in which they were written. */
  messages: ReadonlySignal<readonly Outgoing[]>;
  /** Keeps a reply and sends it as soon as the server answers. */
  add(text: string): void;
  /** Sends what was refused once more, under the same id. */
  again(messageId: string): void;
  discard(messageId: string): void;
  /** Forgets replies that the transcript has. */
  remove(messageIds: ReadonlySet<string>): void;
  /** Sends what waits, such as after the connection is back. */
  flush(): void;
  close(): void;
};

/**
 * Brings replies to the server one by one, in the order in which they were written. Each is kept
 * on the device first, and sent under the same id until there is an answer, so none is lost and
 * none arrives twice.
 */
export function createOutbox(deps: OutboxDeps): Outbox {
  const { key, storage, send, isConnected } = deps;
  const messages = signal<readonly Outgoing[]>(parseOutgoing(storage.read(key)));
  let isBusy = false;
  let isClosed = false;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** What another tab of the same run has kept is not this one's to forget. */
  function change(next: readonly Outgoing[]): void {
    const before = messages.peek();
    const own = new Set([...before, ...next].map(({ messageId }) => messageId));
    const others = parseOutgoing(storage.read(key)).filter(({ messageId }) => !own.has(messageId));
    const kept = [...others, ...next];
    messages.value = next;
    storage.write(key, kept.length === 0 ? '' : JSON.stringify(kept));
  }

  function remove(messageIds: ReadonlySet<string>): void {
    const before = messages.peek();
    const next = before.filter(({ messageId }) => !messageIds.has(messageId));
    if (next.length < before.length) change(next);
  }

  function settle(messageId: string, delivery: Delivery): 'go on' | 'pause' {
    if (!delivery || (!delivery.ok && isTransient(delivery.code))) return 'pause';
    if (delivery.ok) change(mark(messages.peek(), messageId, 'held'));
    else change(mark(messages.peek(), messageId, 'refused', delivery));
    return 'go on';
  }

  async function run(): Promise<void> {
    for (;;) {
      const next = messages.peek().find(({ state }) => state === 'pending');
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
    messages,
    add(text) {
      const at = deps.now().toISOString();
      change([...messages.peek(), { messageId: deps.newId(), text, at, state: 'pending' }]);
      flush();
    },
    again(messageId) {
      change(mark(messages.peek(), messageId, 'pending'));
      flush();
    },
    discard: (messageId) => remove(new Set([messageId])),
    remove,
    flush,
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}
