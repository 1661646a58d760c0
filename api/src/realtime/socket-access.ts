import type { Right } from '@crmflow/contracts';
import type { Pool } from 'pg';
import type { Access, Authorize } from '../access/authorize.js';
import type { RealtimeServer, RealtimeSocket } from './sockets.js';

/** How long what was granted is not looked up again. Who loses a role loses the socket at once. */
const rememberedMs = 10_000;
/** Grants that one socket keeps at most. */
const mostRemembered = 200;

/** Lets the client of a socket pass who may do something to a run. */
export type AuthorizeRun = (right: Right, runId: string) => Promise<Access>;

/**
 * What a socket may do to which runs: asked of the database once in a while rather than with each
 * message.
 */
export function createAuthorizeRun(socket: RealtimeSocket, authorize: Authorize): AuthorizeRun {
  const granted = new Map<string, { access: Access; at: number }>();
  return async (right, runId) => {
    const key = `${right} ${runId}`;
    const known = granted.get(key);
    if (known && Date.now() - known.at < rememberedMs) return known.access;
    const access = await authorize(socket.data.principal, right, { kind: 'run', id: runId });
    if (granted.size >= mostRemembered) granted.clear();
    granted.set(key, { access, at: Date.now() });
    socket.data.workspaces.add(access.workspaceId);
    return access;
  };
}

/** Ends the sockets that got something of a workspace, of one user or of all. */
export function disconnectMembers(
  io: RealtimeServer,
  { workspaceId, userId }: { workspaceId: string; userId?: string | undefined },
): void {
  for (const socket of io.sockets.sockets.values()) {
    const { principal, workspaces } = socket.data;
    const isMeant = userId === undefined || userId === principal.userId;
    if (isMeant && workspaces.has(workspaceId)) socket.disconnect(true);
  }
}

/**
 * Ends the sockets of those who were removed while nobody could be told.
 * @throws where the database does not answer; the sockets stay then
 */
export async function sweepMembers(io: RealtimeServer, pool: Pool): Promise<void> {
  const sockets = [...io.sockets.sockets.values()].filter(({ data }) => data.workspaces.size > 0);
  const held = sockets.flatMap(({ data: { principal, workspaces } }) =>
    [...workspaces].map((workspaceId) => ({ workspaceId, userId: principal.userId })),
  );
  if (held.length === 0) return;
  const { rows } = await pool.query<{ workspaceId: string; userId: string }>(
    `SELECT DISTINCT held."workspaceId", held."userId"
       FROM unnest($1::text[], $2::text[]) AS held ("workspaceId", "userId")
      WHERE NOT EXISTS (SELECT 1 FROM "Member" m
             WHERE m."workspaceId" = held."workspaceId" AND m."userId" = held."userId")`,
    [held.map((one) => one.workspaceId), held.map((one) => one.userId)],
  );
  for (const lost of rows) disconnectMembers(io, lost);
}
