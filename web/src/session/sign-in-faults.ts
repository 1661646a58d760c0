import type { ApiError } from '../api/api-error.js';
import { type FieldFaults, fieldFaults } from '../ui/field-faults.js';
import { texts } from '../texts.js';

/** What is wrong with a sign-in: at its fields, and what belongs to none. */
export type SignInFaults = FieldFaults;

/** Nothing is wrong. */
export const noFaults: SignInFaults = { fields: {} };

/** An error as the form shows it: at the field that can fix it, where there is one. */
export function faultsOf(error: ApiError): SignInFaults {
  if (error.code === 'bad_credentials') {
    return { fields: {}, general: texts.signIn.badCredentials };
  }
  if (error.code === 'email_taken') return { fields: { email: texts.signIn.emailTaken } };
  return fieldFaults(error, ['email', 'password', 'name']);
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
