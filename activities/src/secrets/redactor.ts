import type { Json } from '@crmflow/contracts';
import { placesOf, readAs, type Reading, undo } from './reading.js';

/** Takes a secret out of what came back from outside. */
export type Redactor = {
  /** Whether the text has the secret in it, in any of the forms that it is looked for. */
  finds(text: string): boolean;
  text(text: string): string;
  /** A value without the secret in its texts, keys and numbers. */
  value(value: Json): Json;
};

const replacement = '[secret]';

const hex = (digits: string) => String.fromCharCode(Number.parseInt(digits, 16));
const named: { [name: string]: string } = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
};

function readHtml(escape: string): string {
  const [, x, digits = ''] = /^&#([xX]?)([0-9a-fA-F]+);$/.exec(escape) ?? [];
  if (x === undefined) return named[escape] ?? escape;
  return String.fromCharCode(Number.parseInt(digits, x === '' ? 10 : 16));
}

const readPercent = (text: string) =>
  undo(text, /%[0-9a-fA-F]{2}/g, (escape) => hex(escape.slice(1)));

function readings(text: string): (Reading | null)[] {
  return [
    readAs(text),
    readPercent(text),
    undo(text, /%[0-9a-fA-F]{2}|\+/g, (one) => (one === '+' ? ' ' : hex(one.slice(1)))),
    undo(text, /\\u[0-9a-fA-F]{4}|\\["\\/]/g, (one) =>
      one.length === 2 ? one.slice(1) : hex(one.slice(2)),
    ),
    undo(text, /&#(?:\d{1,7}|[xX][0-9a-fA-F]{1,6});|&(?:amp|lt|gt|quot|apos);/g, readHtml),
  ];
}

function base64Readings(text: string): Reading[] {
  const plain = (reading: Reading) => ({
    ...reading,
    said: reading.said.replaceAll('-', '+').replaceAll('_', '/'),
  });
  return [readAs(text), readPercent(text)].filter((one) => one !== null).map(plain);
}

/**
 * Base64 of any text that has the secret in it, by the three places where it can begin: the digits
 * that its bytes alone decide.
 */
function base64Needles(secret: string): string[] {
  return [0, 1, 2].map((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
    const from = Math.ceil((before * 8) / 6);
    return bytes.toString('base64').slice(from, Math.floor((bytes.length * 8) / 6));
  });
}

function cut(text: string, places: [from: number, to: number][]): string {
  let clean = '';
  let at = 0;
  for (const [from, to] of places.sort((a, b) => a[0] - b[0])) {
    if (from >= at) clean += text.slice(at, from) + replacement;
    at = Math.max(at, to);
  }
  return clean + text.slice(at);
}

/**
 * Finds a secret as it is, percent-encoded, escaped for HTML or JSON, in hexadecimal, and in base64
 * wherever it begins. It does not find what was made unreadable on purpose: a key goes only to
 * hosts that its owner trusts.
 */
export function createRedactor(secret: string): Redactor {
  const inBase64 = base64Needles(secret);
  const inHex = Buffer.from(secret).toString('hex');

  function places(text: string): [from: number, to: number][] {
    const plain = readings(text).flatMap((one) => (one ? [...placesOf(one, secret)] : []));
    const encoded = base64Readings(text).flatMap((one) =>
      inBase64.flatMap((needle) => [...placesOf(one, needle)]),
    );
    const lower = text.toLowerCase();
    // Some letters of other scripts get longer by that, which would move the places.
    const hexed = lower.length === text.length ? [...placesOf(readAs(text, lower), inHex)] : [];
    return [...plain, ...encoded, ...hexed];
  }

  const text = (given: string) => cut(given, places(given));
  const value = (given: Json): Json => {
    if (typeof given === 'string') return text(given);
    if (typeof given === 'number') return places(String(given)).length > 0 ? replacement : given;
    if (given === null || typeof given !== 'object') return given;
    if (Array.isArray(given)) return given.map(value);
    return Object.fromEntries(Object.entries(given).map(([key, item]) => [text(key), value(item)]));
  };
  return { finds: (given) => places(given).length > 0, text, value };
}
