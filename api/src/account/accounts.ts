import type { Login, Register, UpdateProfile, User } from '@crmflow/contracts';
import { Prisma } from '@crmflow/db';
import { randomUUID } from 'node:crypto';
import { isInvited, useInvitation } from './invitations.js';
import type { Deps } from '../deps.js';
import { AppError } from '../errors/app-error.js';
import { badCredentials, type Passwords } from './passwords.js';
import { toUser, userColumns } from './user.js';

/** Somebody who may open a session: the account, and the hash that the password is right by. */
export type Admitted = { user: User; passwordHash: string };

/** Accounts of users. */
export type Accounts = {
  /**
   * @throws AppError `email_taken`, `registration_closed`, `invitation_required`,
   *   `invitation_invalid`
   */
  register(input: Register): Promise<Admitted>;
  /** @throws AppError `bad_credentials`, after the same time whether the account exists or not */
  signIn(input: Login): Promise<Admitted>;
  /** @throws AppError `unauthenticated` where the account is gone */
  read(userId: string): Promise<User>;
  update(userId: string, changes: UpdateProfile): Promise<User>;
};

/** One lock for all registrations that may be the first; any number that nothing else locks. */
const firstAccountLock = 5_241_907;

/**
 * The membership of a new user in a personal workspace, which has the user's id: what names no
 * workspace is found there without asking (ADR 27).
 */
const personalWorkspace = (userId: string, name: string): Prisma.MemberCreateWithoutUserInput => ({
  role: 'owner',
  workspace: { create: { id: userId, name: name || 'Personal', personalOf: userId } },
});

const emailTaken = () =>
  new AppError('email_taken', 'This email address already has an account. Sign in instead.');

const closed = () =>
  new AppError(
    'registration_closed',
    'Registration is closed on this installation. Ask its administrator for an account.',
  );
const invitationRequired = () =>
  new AppError(
    'invitation_required',
    'You need an invitation to register. Ask anyone with an account to invite you.',
  );
const invitationInvalid = () =>
  new AppError(
    'invitation_invalid',
    'This invitation has expired, was already used, or is for another email address. Ask for a new one.',
  );

const isGone = (error: unknown) =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2025';
const isTaken = (error: unknown) =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';

/** Accounts in the database, under the installation's rule of who may register. */
export function createAccounts(deps: Pick<Deps, 'db' | 'config'>, passwords: Passwords): Accounts {
  const { db } = deps;
  const { registration } = deps.config;

  async function insert(
    tx: Prisma.TransactionClient,
    { name, ...account }: Pick<Prisma.UserCreateInput, 'email' | 'passwordHash'> & { name: string },
    invitation: string | undefined,
  ) {
    const id = randomUUID();
    const data = { id, name, ...account, memberships: { create: personalWorkspace(id, name) } };
    if (invitation !== undefined) {
      if (!(await useInvitation(tx, invitation, data.email))) throw invitationInvalid();
      // The invitation was mailed to this address.
      const verified = { ...data, emailVerifiedAt: new Date() };
      return tx.user.create({ data: verified, select: userColumns });
    }
    if (registration === 'invite') {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(${firstAccountLock})`;
      if ((await tx.user.count()) > 0) throw invitationRequired();
    }
    return tx.user.create({ data, select: userColumns });
  }

  /** Before a hash is made, which costs. Who may not register is not told who has an account. */
  async function requireAdmission(email: string, invitation: string | undefined): Promise<void> {
    if (registration === 'closed') throw closed();
    if (invitation !== undefined) {
      if (!(await isInvited(db, invitation, email))) throw invitationInvalid();
    } else if (registration === 'invite' && (await db.user.count()) > 0) {
      throw invitationRequired();
    }
    if ((await db.user.count({ where: { email } })) > 0) throw emailTaken();
  }

  return {
    async register({ email, password, name, invitation }) {
      await requireAdmission(email, invitation);
      const passwordHash = await passwords.hash(password);
      const data = { email, passwordHash, name };
      try {
        const row = await db.$transaction((tx) => insert(tx, data, invitation));
        return { user: toUser(row), passwordHash };
      } catch (error) {
        throw isTaken(error) ? emailTaken() : error;
      }
    },
    async signIn({ email, password }) {
      const select = { ...userColumns, passwordHash: true };
      const where = { email, deletingSince: null };
      const found = await db.user.findUnique({ where, select });
      const matches = await passwords.matches(found?.passwordHash ?? null, password);
      if (!found || !matches) throw badCredentials();
      const { passwordHash, ...row } = found;
      return { user: toUser(row), passwordHash };
    },
    async read(userId) {
      const row = await db.user.findUnique({ where: { id: userId }, select: userColumns });
      if (!row) throw new AppError('unauthenticated', 'This account was deleted.');
      return toUser(row);
    },
    async update(userId, changes) {
      try {
        const where = { id: userId };
        return toUser(await db.user.update({ where, data: changes, select: userColumns }));
      } catch (error) {
        throw isGone(error) ? new AppError('unauthenticated', 'This account was deleted.') : error;
      }
    },
  };
}
