import type { User } from '@crmflow/contracts';

type Row = Omit<User, 'emailVerified' | 'createdAt'> & {
  emailVerifiedAt: Date | null;
  createdAt: Date;
};

/** The columns that make a user as clients see it: never the password's hash. */
export const userColumns = {
  id: true,
  email: true,
  name: true,
  personality: true,
  locale: true,
  emailVerifiedAt: true,
  createdAt: true,
} as const;

/** An account as its owner sees it. */
export function toUser({ emailVerifiedAt, createdAt, ...rest }: Row): User {
  return {
    ...rest,
    emailVerified: emailVerifiedAt !== null,
    createdAt: createdAt.toISOString(),
  };
}
