import { type DataOf, findEmail, type Json, storedText } from '@crmflow/contracts';
import {
  matchesPattern,
  plainText,
  readDate,
  readNumber,
  type RunLocale,
} from '@crmflow/expressions';
import { choose } from './choose.js';
import { readFormerReply } from './former-reply.js';
import { readPhone } from './read-phone.js';

/** What a reply is read by: the run's locale, where it has one, and the run's clock in epoch ms. */
export type Reader = { locale: RunLocale | undefined; now: number };

/**
 * What a reply means to a listen node, read by the locale with which its run began.
 * @returns the value for its variable, or undefined where the reply does not fit
 */
export function readReply(
  data: DataOf<'listen'>,
  text: string,
  { locale, now }: Reader,
): Json | undefined {
  if (!locale) return readFormerReply(data, text);
  switch (data.expect) {
    case 'any':
      return storedText(text);
    case 'choice':
      return choose(data.choices ?? [], text)?.value;
    case 'number':
      return readNumber(text, locale.number);
    case 'email':
      return findEmail(text);
    case 'phone':
      return readPhone(text, locale);
    case 'date':
      return readDate(text, locale, now);
    case 'pattern':
      return patternReply(data.pattern ?? '', text);
    case 'callback':
      return undefined;
  }
}

/** As it was typed where that fits; else by what phones and keyboards make of it taken back. */
function patternReply(pattern: string, text: string): string | undefined {
  const typed = storedText(text).trim();
  if (matchesPattern(pattern, typed)) return typed;
  const plain = plainText(typed);
  return matchesPattern(pattern, plain) ? plain : undefined;
}

/** As what to read several messages, the best guess first. */
function readings({ expect }: DataOf<'listen'>, texts: readonly string[]): string[] {
  const whole = texts.join('\n');
  if (expect === 'any') return [whole];
  // A piece of a phone number may be a number too, but two of them are never one.
  if (expect === 'phone') return [whole, ...texts.toReversed()];
  return [...texts.toReversed(), whole];
}

/**
 * What the messages of a reply mean to a listen node. Where any text fits it is all of them, a line
 * each; else it is the last one that fits by itself, as people correct themselves, or all of them
 * together, as they also send one thing in pieces.
 * @returns the value for its variable, or undefined where the reply does not fit
 */
export function readMessages(
  data: DataOf<'listen'>,
  texts: readonly string[],
  reader: Reader,
): Json | undefined {
  for (const text of new Set(readings(data, texts))) {
    const value = readReply(data, text, reader);
    if (value !== undefined) return value;
  }
  return undefined;
}
