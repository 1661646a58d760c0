import type { FieldError } from '@crmflow/contracts';
import type { ApiError } from '../api/api-error.js';
import { asIssue, issueWords } from '../issues/issue-texts.js';
import { errorText, fieldErrorText } from '../texts/error-text.js';

/** What is wrong with a form: at its fields, and what belongs to none. */
export type FieldFaults = {
  fields: { readonly [field: string]: string | undefined };
  general?: string;
};

/** The server's errors begin in the middle of a sentence: "has fewer than 8 characters". */
const capital = (message: string) => message.charAt(0).toUpperCase() + message.slice(1);

/** The field of the form that a path is about: `hosts` of `hosts[1]`, `days` of `settings.days`. */
const fieldOf = (path: string, shown: readonly string[]) =>
  path.split(/[.[]/).find((part) => shown.includes(part));

/**
 * An error as a form shows it: at the field that can fix it, where there is one.
 * @param shown the names of the form's fields
 */
export function fieldFaults(error: ApiError, shown: readonly string[]): FieldFaults {
  const { code, message, errors } = error;
  const wordsOf = (field: string, of: FieldError) => {
    if (code !== 'invalid') return errorText({ code, message: of.message });
    const sentence = of.reason === undefined ? undefined : issueWords(asIssue(of));
    return fieldErrorText(field, capital(of.message), sentence);
  };
  const fields = errors
    .map((of) => ({ field: fieldOf(of.path, shown), of }))
    .filter((one): one is typeof one & { field: string } => one.field !== undefined);
  if (fields.length === 0) return { fields: {}, general: message };
  return { fields: Object.fromEntries(fields.map(({ field, of }) => [field, wordsOf(field, of)])) };
}
