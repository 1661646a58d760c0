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

/** What is wrong with a field, as its reader reads it. */
export function fieldErrorText(field: string, message: string): string {
  const words = texts.fieldErrors[field] ?? texts.fieldErrors['other'];
  return words?.replace('#', () => message) ?? message;
}
