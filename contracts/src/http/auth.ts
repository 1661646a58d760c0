import { z } from 'zod';
import { emailAddress } from '../email.js';
import { line, localeSchema, text } from '../fields/identifiers.js';
import { limits } from '../limits.js';

/** An e-mail address, as it is kept: in lower case, composed, without the spaces around it. */
export const email = z
  .string()
  .max(254, 'must not have more than 254 characters')
  .transform((value, context) => {
    const address = emailAddress(value.trim());
    if (address !== undefined) return address.toLowerCase();
    context.addIssue({
      ...{ code: 'custom', input: value },
      message: 'must be an email address, such as ada@example.com',
    });
    return z.NEVER;
  });

/** A password as one may choose it. */
export const password = z
  .string()
  .min(8, 'must have at least 8 characters')
  .max(200, 'must not have more than 200 characters');

const name = line(200);

/** Body of POST /api/auth/register. The address is kept in lower case. */
export const registerSchema = z.strictObject({
  email,
  password,
  name: name.default(''),
  /** The token of a mailed invitation; needed where new accounts are by invitation. */
  invitation: z.string().max(200).optional(),
});

/** What opens an account. */
export type Register = z.output<typeof registerSchema>;

/** Body of POST /api/auth/login: no rules for passwords, they are right or wrong. */
export const loginSchema = z.strictObject({
  email: z
    .string()
    .max(254)
    .transform((value) => emailAddress(value.trim())?.toLowerCase() ?? value.trim().toLowerCase()),
  password: z.string().max(200),
});

/** What opens a session. */
export type Login = z.output<typeof loginSchema>;

/** Body of PATCH /api/auth/me: what is left out stays. */
export const updateProfileSchema = z.strictObject({
  name: name.optional(),
  /** How the model shall speak for this user. */
  personality: text(limits.personalityLength).optional(),
  locale: localeSchema.optional(),
});

/** What a user may change of the profile. */
export type UpdateProfile = z.output<typeof updateProfileSchema>;

/** An account as its owner sees it. */
export const userSchema = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    personality: z.string().describe('The tone that the model uses in the flows of this user.'),
    locale: z.string(),
    emailVerified: z.boolean(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'User' });

/** An account as its owner sees it. `createdAt` is ISO 8601. */
export type User = z.output<typeof userSchema>;

/** Answer of GET and PATCH /api/auth/me. */
export const meSchema = z.object({ user: userSchema });

/** Answer of register and login. */
export const signedInSchema = z
  .object({ user: userSchema, token: z.string().describe('Returned only once.') })
  .meta({ id: 'SignedIn' });

/** Answer of register and login. The token is told here and never again. */
export type SignedIn = z.output<typeof signedInSchema>;
