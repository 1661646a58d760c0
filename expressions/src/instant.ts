import { epochMs, parseTimestamp } from './cel/instants.js';
import { timestampIn } from './cel/functions/time.js';
import { FlowFault } from './fault.js';

/**
 * Reads an instant: RFC 3339 (`2026-01-31T09:30:00Z`, any offset), just as `timestamp()` in
 * expressions does. With a zone also a time without an offset, as clocks there show it; a date alone
 * is midnight there, and in UTC where no zone is given. Never looks at the clock or the time zone
 * of the machine.
 * @param zone IANA
 * @returns milliseconds since 1970, or null where the text is no such instant
 */
export function parseInstant(text: string, zone?: string): number | null {
  if (zone === undefined) {
    const timestamp = parseTimestamp(text.trim());
    return timestamp ? epochMs(timestamp) : null;
  }
  try {
    return epochMs(timestampIn(text.trim(), zone));
  } catch (error) {
    if (error instanceof FlowFault) return null;
    throw error;
  }
}
