import { z } from 'zod';
import { email, password } from './auth.js';
import { pageOf } from './list.js';

const given = z.string().max(200);
const token = given.describe('The token of the emailed link.');

/** Body of POST /api/auth/password. */
export const changePasswordSchema = z.strictObject({
  currentPassword: given,
  newPassword: password,
});

/** What changes a password. */
export type ChangePassword = z.output<typeof changePasswordSchema>;

/** Body of DELETE /api/auth/me. */
export const deleteAccountSchema = z.strictObject({ password: given });

/** Body of POST /api/auth/verify-email: without a token, a mail with one is sent. */
export const verifyEmailSchema = z.strictObject({ token: token.optional() });

/** Body of POST /api/auth/password-reset. */
export const passwordResetSchema = z.strictObject({ email });

/** Body of POST /api/auth/password-reset/confirm. */
export const confirmPasswordResetSchema = z.strictObject({ token, password });

/** What sets a new password by a mailed link. */
export type ConfirmPasswordReset = z.output<typeof confirmPasswordResetSchema>;

/** Body of POST /api/auth/invitations. */
export const inviteSchema = z.strictObject({ email });

/** Answer where a mail is on its way, if there is anyone to send it to. */
export const mailAcceptedSchema = z.object({ accepted: z.literal(true) });

/** An invitation; its token is in the mail and nowhere else. */
export const invitationSchema = z
  .object({
    id: z.string(),
    email: z.string(),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'Invitation' });

/** An invitation; its token is in the mail and nowhere else. Times are ISO 8601. */
export type Invitation = z.output<typeof invitationSchema>;

/** A session as its owner sees it in a list. */
export const sessionSchema = z
  .object({
    id: z.string().describe('Identifies the session. It is not the session token.'),
    createdAt: z.iso.datetime(),
    lastSeenAt: z.iso.datetime().optional().describe('When the session was last extended.'),
    expiresAt: z.iso.datetime(),
    userAgent: z.string().optional(),
    ip: z.string().optional(),
    current: z.boolean().describe('Whether this is the session of the request.'),
  })
  .meta({ id: 'Session' });

/** A session as its owner sees it in a list. Times are ISO 8601. */
export type SessionSummary = z.output<typeof sessionSchema>;

/** Answer of GET /api/auth/sessions. */
export const sessionPageSchema = pageOf(sessionSchema);
