import { limits, utf8Bytes } from '@crmflow/contracts';
import type { Message } from './state.js';

/** Adds messages to those of the visitor that may become an answer: the newest, as many as one may be. */
export function withHeard(heard: readonly Message[], more: readonly Message[]): Message[] {
  const told = [...heard, ...more.map((one) => ({ ...one, isTold: true as const }))];
  let bytes = 0;
  const from = told.findLastIndex(({ text }) => {
    bytes += utf8Bytes(text);
    return bytes > limits.messageBytes;
  });
  return told.slice(from + 1);
}
