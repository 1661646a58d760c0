import { z } from 'zod';
import { text } from '../fields/identifiers.js';
import { limits } from '../limits.js';

const emailPattern =
  /^[ \t\r\n]*(?:[A-Za-z0-9_'+-]+\.)*[A-Za-z0-9_'+-]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}[ \t\r\n]*$/;

/** An e-mail address, as it is kept: trimmed and in lower case. */
export const email = z
  .string()
  .max(254, 'must not have more than 254 characters')
  .regex(emailPattern, 'must be an email address, such as ada@example.com')
  .transform((value) => value.trim().toLowerCase());

/** A password as one may choose it. */
export const password = z
  .string()
  .min(8, 'must have at least 8 characters')
  .max(200, 'must not have more than 200 characters');

/** BCP 47 without extensions: language, script, region, variants. */
const languageTag =
  /^[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?(?:-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*$/;

const name = text(200).transform((value) => value.trim());

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
    .transform((value) => value.trim().toLowerCase()),
  password: z.string().max(200),
});

/** What opens a session. */
export type Login = z.output<typeof loginSchema>;

/** Body of PATCH /api/auth/me: what is left out stays. */
export const updateProfileSchema = z.strictObject({
  name: name.optional(),
  /** How the model shall speak for this user. */
  personality: text(limits.personalityLength).optional(),
  locale: z
    .string()
    .max(35)
    .regex(languageTag, 'must be a language tag, such as en or pt-BR')
    .optional(),
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
