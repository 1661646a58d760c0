import { epochMs, parseTimestamp } from './cel/instants.js';

/**
 * Reads an instant: RFC 3339 (`2026-01-31T09:30:00Z`, any offset), or a date alone as its midnight
 * in UTC; just as `timestamp()` in expressions. Never looks at the clock or the local time zone.
 * @returns milliseconds since 1970, or null where the text is no such instant
 */
export function parseInstant(text: string): number | null {
  const timestamp = parseTimestamp(text.trim());
  return timestamp ? epochMs(timestamp) : null;
}
