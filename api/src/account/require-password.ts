import type { Db } from '@crmflow/db';
import type { Principal } from './principal.js';
import type { Passwords } from './passwords.js';
import { AppError } from '../errors/app-error.js';

/** Makes sure that it is the account's owner who asks. @throws AppError `password_wrong` */
export async function requirePassword(
  { db, passwords }: { db: Db; passwords: Passwords },
  { userId }: Principal,
  password: string,
): Promise<void> {
  const row = await db.user.findUnique({ where: { id: userId }, select: { passwordHash: true } });
  if (await passwords.matches(row?.passwordHash ?? null, password)) return;
  throw new AppError(
    'password_wrong',
    'The password is wrong. Enter the current password of your account.',
  );
}
