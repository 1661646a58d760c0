import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import pLimit from 'p-limit';
import { secretText } from '@crmflow/contracts';
import type { Db } from '@crmflow/db';
import { AppError } from '../errors/app-error.js';
import type { UserPrincipal } from '../access/principal.js';

/** What OWASP recommends for Argon2id, the library's algorithm: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const longestQueue = 200;

/**
 * Hashes and checks passwords, a bounded number at once, the same however a keyboard composes their
 * letters. Throws `rate_limited` beyond the queue.
 */
export type Passwords = {
  hash(password: string): Promise<string>;
  /** @param stored null where there is no account: takes as long, and is false */
  matches(stored: string | null, password: string): Promise<boolean>;
};

/** Hashing takes a whole core and 19 MiB each time, so some wait while others are served. */
export function createPasswords(): Passwords {
  const limit = pLimit(Math.min(4, availableParallelism()));
  const nobodys = limit(() => hash('the password of nobody', cost));
  nobodys.catch(() => {});

  const bounded = <T>(work: () => Promise<T>): Promise<T> => {
    if (limit.pendingCount < longestQueue) return limit(work);
    const detail = 'Too many sign-ins at the moment. Try again in a few seconds.';
    throw new AppError('rate_limited', detail, { retryAfterSeconds: 3 });
  };
  return {
    hash: async (password) => bounded(() => hash(secretText(password), cost)),
    async matches(stored, password) {
      const against = stored ?? (await nobodys);
      const secret = secretText(password);
      let equal = await bounded(() => verify(against, secret));
      // Hashes of earlier releases are of what a keyboard sent.
      if (!equal && secret !== password) equal = await bounded(() => verify(against, password));
      return stored !== null && equal;
    },
  };
}

/** For whoever gave a wrong address or password, without saying which. */
export const badCredentials = () =>
  new AppError('bad_credentials', 'The email address or password is wrong.');

/** For somebody signed in who gave a wrong password. */
export const passwordWrong = () =>
  new AppError(
    'password_wrong',
    'The password is wrong. Enter the current password of your account.',
  );

/**
 * Makes sure that it is the account's owner who asks.
 * @returns the hash that the password was checked against: what follows must hold it still
 * @throws AppError `password_wrong`
 */
export async function requirePassword(
  { db, passwords }: { db: Db; passwords: Passwords },
  { userId }: UserPrincipal,
  password: string,
): Promise<string> {
  const row = await db.user.findUnique({ where: { id: userId }, select: { passwordHash: true } });
  if (row && (await passwords.matches(row.passwordHash, password))) return row.passwordHash;
  throw passwordWrong();
}
