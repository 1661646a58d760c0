import type { DataOf, Json } from '@crmflow/contracts';
import { matchesPattern } from '@crmflow/expressions';

const number = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?$/;
const email = /^[^\s@"<>(),;:\\[\]]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i;
const date =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})?)?$/;

const fold = (text: string) => text.trim().toLowerCase();

function readDate(text: string): string | null {
  const parts = date.exec(text);
  if (!parts) return null;
  const [, year, month, day] = parts.map(Number);
  const at = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day));
  // The calendar has no 30 February, but Date rolls it over.
  if (at.getUTCDate() !== day || at.getUTCMonth() + 1 !== month) return null;
  return Number.isNaN(Date.parse(text.replace(' ', 'T'))) ? null : text;
}

/**
 * What a reply means to a listen node of a run that began before runs had a locale. It stays as it
 * is: such a run is replayed by it, and waits for years at most (`limits.durationMs`).
 * @returns the value for its variable, or undefined where the reply does not fit
 */
export function readFormerReply(data: DataOf<'listen'>, text: string): Json | undefined {
  const trimmed = text.trim();
  switch (data.expect) {
    case 'any':
      return text;
    case 'choice':
      return data.choices?.find(({ value, label }) =>
        [fold(value), fold(label)].includes(fold(text)),
      )?.value;
    case 'number': {
      const value = number.test(trimmed) ? Number(trimmed) : Number.NaN;
      return Number.isFinite(value) ? value : undefined;
    }
    case 'email':
      return trimmed.length <= 254 && email.test(trimmed) ? trimmed : undefined;
    case 'date':
      return readDate(trimmed) ?? undefined;
    case 'phone':
    case 'callback':
      return undefined;
    case 'pattern':
      return matchesPattern(data.pattern ?? '', trimmed) ? trimmed : undefined;
  }
}
