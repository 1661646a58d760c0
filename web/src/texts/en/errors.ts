import type { ErrorTexts, FieldErrorTexts } from '../error-text.js';

/** What an error says is the server's, which is English. */
export const errors: ErrorTexts = {};

/** So are its words about a field. */
export const fieldErrors: FieldErrorTexts = {};
