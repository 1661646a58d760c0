import { jsonBytes, limits } from '@crmflow/contracts';
import type { ScopeMessage } from './state.js';

/** Of the messages so far those that expressions see: the newest ones within the limits. */
export function inScope(messages: readonly ScopeMessage[]): ScopeMessage[] {
  let bytes = 0;
  const newest = messages.slice(-limits.messagesInScope);
  const from = newest.findLastIndex((one) => {
    bytes += jsonBytes(one);
    return bytes > limits.messagesScopeBytes;
  });
  return newest.slice(Math.min(from + 1, newest.length - 1));
}
