import type { ApiError } from '../api/api-error.js';
import { texts } from '../texts.js';

/** What is wrong with a sign-in: at its fields, and what belongs to none. */
export type SignInFaults = {
  fields: { readonly [field: string]: string | undefined };
  general?: string;
};

/** Nothing is wrong. */
export const noFaults: SignInFaults = { fields: {} };

/** An error as the form shows it: at the field that can mend it, where there is one. */
export function faultsOf({ code, message, errors }: ApiError): SignInFaults {
  if (code === 'bad_credentials') return { fields: {}, general: texts.signIn.badCredentials };
  if (code === 'email_taken') return { fields: { email: texts.signIn.emailTaken } };
  const shown = new Set(['email', 'password', 'name']);
  const fields = errors.filter(({ path }) => shown.has(path));
  if (fields.length === 0) return { fields: {}, general: message };
  return { fields: Object.fromEntries(fields.map((one) => [one.path, capital(one.message)])) };
}

/** The server's faults begin in the middle of a sentence: "has fewer than 8 characters". */
function capital(message: string): string {
  return message.charAt(0).toUpperCase() + message.slice(1);
}

/** What can be said before asking the server. */
export function missing(email: string, password: string): SignInFaults {
  return {
    fields: {
      ...(email.trim() === '' && { email: texts.signIn.emailMissing }),
      ...(password === '' && { password: texts.signIn.passwordMissing }),
    },
  };
}
