import type { Login, Register, UpdateProfile, User } from '@crmflow/contracts';
import { Prisma } from '@crmflow/db';
import type { Registration } from '../config/config.js';
import type { Deps } from '../deps.js';
import { AppError } from '../errors/app-error.js';
import type { Passwords } from './passwords.js';
import { toUser, userColumns } from './user.js';

/** Accounts of users. */
export type Accounts = {
  /** @throws AppError `email_taken`, `registration_closed` */
  register(input: Register): Promise<User>;
  /** @throws AppError `bad_credentials`, after the same time whether the account exists or not */
  signIn(input: Login): Promise<User>;
  /** @throws AppError `unauthenticated` where the account is gone */
  read(userId: string): Promise<User>;
  update(userId: string, changes: UpdateProfile): Promise<User>;
};

/** One lock for all registrations that may be the first; any number that nothing else locks. */
const firstAccountLock = 5_241_907;

const emailTaken = () =>
  new AppError('email_taken', 'This e-mail address has an account; sign in instead.');

const closed = (registration: Registration) =>
  new AppError(
    'registration_closed',
    registration === 'closed'
      ? 'This installation takes no new accounts.'
      : 'New accounts are by invitation; ask whoever runs this installation.',
  );

const isGone = (error: unknown) =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2025';
const isTaken = (error: unknown) =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';

/** Accounts in the database, under the installation's rule of who may register. */
export function createAccounts(deps: Pick<Deps, 'db' | 'config'>, passwords: Passwords): Accounts {
  const { db } = deps;
  const { registration } = deps.config;

  async function insert(tx: Prisma.TransactionClient, data: Prisma.UserCreateInput) {
    if (registration === 'invite') {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(${firstAccountLock})`;
      if ((await tx.user.count()) > 0) throw closed(registration);
    }
    return tx.user.create({ data, select: userColumns });
  }

  return {
    async register({ email, password, name }) {
      if (registration === 'closed') throw closed(registration);
      if ((await db.user.count({ where: { email } })) > 0) throw emailTaken();
      if (registration === 'invite' && (await db.user.count()) > 0) throw closed(registration);
      const passwordHash = await passwords.hash(password);
      try {
        return toUser(await db.$transaction((tx) => insert(tx, { email, passwordHash, name })));
      } catch (error) {
        throw isTaken(error) ? emailTaken() : error;
      }
    },
    async signIn({ email, password }) {
      const select = { ...userColumns, passwordHash: true };
      const found = await db.user.findUnique({ where: { email }, select });
      const matches = await passwords.matches(found?.passwordHash ?? null, password);
      if (!found || !matches) {
        throw new AppError('bad_credentials', 'The e-mail address or the password is wrong.');
      }
      const { passwordHash: _, ...row } = found;
      return toUser(row);
    },
    async read(userId) {
      const row = await db.user.findUnique({ where: { id: userId }, select: userColumns });
      if (!row) throw new AppError('unauthenticated', 'This account is gone.');
      return toUser(row);
    },
    async update(userId, changes) {
      try {
        const where = { id: userId };
        return toUser(await db.user.update({ where, data: changes, select: userColumns }));
      } catch (error) {
        throw isGone(error) ? new AppError('unauthenticated', 'This account is gone.') : error;
      }
    },
  };
}
