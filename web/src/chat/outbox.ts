import type { RunError } from '@crmflow/contracts';

/** A reply on its way: kept on the device until the run tells it. */
export type Outgoing = {
  messageId: string;
  text: string;
  /** ISO 8601. */
  at: string;
  /** Not acknowledged yet, held by the server, or refused for good. */
  state: 'pending' | 'held' | 'refused';
  error?: Pick<RunError, 'code' | 'message'>;
};

/** Replies in the order in which they were written. */
export type Outbox = readonly Outgoing[];

/** One reply more. */
export function put(outbox: Outbox, messageId: string, text: string, at: string): Outbox {
  return [...outbox, { messageId, text, at, state: 'pending' }];
}

/** The reply with this id, changed. */
export function mark(
  outbox: Outbox,
  messageId: string,
  state: Outgoing['state'],
  error?: Outgoing['error'],
): Outbox {
  return outbox.map((one) => {
    if (one.messageId !== messageId) return one;
    const { error: _before, ...rest } = one;
    return { ...rest, state, ...(error && { error }) };
  });
}

/** Without one reply. */
export function drop(outbox: Outbox, messageId: string): Outbox {
  return outbox.filter((one) => one.messageId !== messageId);
}

/** What to send next. */
export function firstPending(outbox: Outbox): Outgoing | undefined {
  return outbox.find(({ state }) => state === 'pending');
}

/** Without what the transcript tells already. */
export function withoutTold(outbox: Outbox, told: ReadonlySet<string>): Outbox {
  return outbox.some(({ messageId }) => told.has(messageId))
    ? outbox.filter(({ messageId }) => !told.has(messageId))
    : outbox;
}

function isOutgoing(value: unknown): value is Outgoing {
  if (typeof value !== 'object' || value === null) return false;
  const { messageId, text, at, state } = value as Record<string, unknown>;
  return [messageId, text, at, state].every((field) => typeof field === 'string');
}

/** An outbox as it was kept; whatever else is there counts as an empty one. */
export function parseOutbox(kept: string | null): Outbox {
  if (kept === null) return [];
  try {
    const value = JSON.parse(kept) as unknown;
    return Array.isArray(value) ? value.filter(isOutgoing) : [];
  } catch {
    return [];
  }
}
