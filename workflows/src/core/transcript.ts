import { jsonBytes, limits } from '@crmflow/contracts';
import type { ScopeMessage } from './state.js';

/** A message stays in scope for many turns and never changes: it is measured once. */
const measured = new WeakMap<ScopeMessage, number>();

function bytesOf(message: ScopeMessage): number {
  const known = measured.get(message);
  if (known !== undefined) return known;
  const bytes = jsonBytes(message);
  measured.set(message, bytes);
  return bytes;
}

/** Of the messages so far those that expressions see: the newest ones within the limits. */
export function inScope(messages: readonly ScopeMessage[]): ScopeMessage[] {
  let bytes = 0;
  const newest = messages.slice(-limits.messagesInScope);
  const from = newest.findLastIndex((one) => {
    bytes += bytesOf(one);
    return bytes > limits.messagesScopeBytes;
  });
  return newest.slice(Math.min(from + 1, newest.length - 1));
}
