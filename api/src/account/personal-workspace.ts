import type { Prisma } from '@crmflow/db';

/**
 * The membership of a new user in a personal workspace, which has the user's id: what names no
 * workspace is found there without asking (ADR 27).
 */
export const personalWorkspace = (
  userId: string,
  name: string,
): Prisma.MemberCreateWithoutUserInput => ({
  role: 'owner',
  workspace: { create: { id: userId, name: name || 'Personal', personalOf: userId } },
});
