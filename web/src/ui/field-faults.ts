import type { ApiError } from '../api/api-error.js';

/** What is wrong with a form: at its fields, and what belongs to none. */
export type FieldFaults = {
  fields: { readonly [field: string]: string | undefined };
  general?: string;
};

/** The server's faults begin in the middle of a sentence: "has fewer than 8 characters". */
const capital = (message: string) => message.charAt(0).toUpperCase() + message.slice(1);

/** `hosts` of `hosts[1]`: a list is one field. */
const fieldOf = (path: string) => path.split(/[.[]/, 1)[0] ?? '';

/**
 * An error as a form shows it: at the field that can mend it, where there is one.
 * @param shown the names of the form's fields
 */
export function fieldFaults({ message, errors }: ApiError, shown: readonly string[]): FieldFaults {
  const fields = errors
    .map((one) => ({ field: fieldOf(one.path), words: capital(one.message) }))
    .filter(({ field }) => shown.includes(field));
  if (fields.length === 0) return { fields: {}, general: message };
  return { fields: Object.fromEntries(fields.map(({ field, words }) => [field, words])) };
}
