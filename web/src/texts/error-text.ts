import type { ErrorCode } from '@crmflow/contracts';
import { texts } from '../texts.js';

/** Errors in a language other than the server's, by code; `#` stands for what the server says. */
export type ErrorTexts = { readonly [code in ErrorCode]?: string };

/** Errors of form fields in a language other than the server's, by the field's name. */
export type FieldErrorTexts = { readonly [field: string]: string | undefined };

/** An error of the API or of a run, as its reader reads it. */
export function errorText({ code, message }: { code: string; message: string }): string {
  const known: { readonly [code: string]: string | undefined } = texts.errors;
  return known[code]?.replace('#', () => message) ?? message;
}

/**
 * What is wrong with a field, as its reader reads it.
 * @param message what the server says
 * @param sentence that in the reader's language, where it is known
 */
export function fieldErrorText(field: string, message: string, sentence?: string): string {
  const { [field]: own, other } = texts.fieldErrors;
  if (own !== undefined) return own;
  if (other === undefined) return message;
  return sentence ?? other.replace('#', () => message);
}
