import type { FlowPerson } from '@crmflow/contracts';
import type { Pool } from 'pg';
import type { Authorize } from '../access/authorize.js';
import { AppError } from '../errors/app-error.js';
import { enterPlace, requireRoomFor } from './open-places.js';
import type { Presence } from './presence.js';
import type { RealtimeSocket } from './sockets.js';

const notOpen = () => new AppError('not_found', 'This connection does not have the flow open.');

/** The room of the sockets that have a flow open in this process. */
export const flowRoom = (workflowId: string) => `flow:${workflowId}`;

/** The flows that a socket has open. */
export type OpenFlows = {
  /** @throws AppError `not_found`, `forbidden`, `rate_limited` */
  open(workflowId: string): Promise<{ personId: string; revision: number; people: FlowPerson[] }>;
  /** @throws AppError `not_found` where it is not open */
  edit(workflowId: string, isEditing: boolean): void;
  /** @throws AppError `not_found` where it is not open */
  close(workflowId: string): Promise<void>;
  closeAll(): void;
};

/** Lets a socket open flows, so that others see it there. */
export function createOpenFlows(
  socket: RealtimeSocket,
  {
    pool,
    authorize,
    presence,
  }: { pool: Pool; authorize: Authorize; presence: Presence<FlowPerson> },
): OpenFlows {
  const open = new Set<string>();

  async function requireMember(workflowId: string): Promise<void> {
    const { principal, workspaces } = socket.data;
    const access = await authorize(principal, 'flow.read', { kind: 'flow', id: workflowId });
    // Who reads a public flow from outside is no concern of those who work on it, nor they of theirs.
    if (!access.may('workspace.read')) throw new AppError('not_found', 'Flow not found.');
    workspaces.add(access.workspaceId);
  }

  async function read(workflowId: string) {
    const { rows } = await pool.query<{ revision: number; name: string }>(
      `SELECT w.revision, coalesce(nullif(u.name, ''), u.email) AS name
         FROM "Workflow" w, "User" u WHERE w.id = $1 AND u.id = $2`,
      [workflowId, socket.data.principal.userId],
    );
    if (!rows[0]) throw new AppError('not_found', 'Flow not found.');
    return rows[0];
  }

  return {
    async open(workflowId) {
      requireRoomFor(workflowId, open, { what: 'flows', close: 'Close some with flow:leave.' });
      await requireMember(workflowId);
      // Before the revision is read, so that no save is missed between the two.
      await socket.join(flowRoom(workflowId));
      open.add(workflowId);
      const { revision, name } = await read(workflowId);
      const { userId } = socket.data.principal;
      const user = { userId, name, isEditing: false };
      return { revision, ...enterPlace(socket, presence, workflowId, user) };
    },
    edit(workflowId, isEditing) {
      if (!open.has(workflowId)) throw notOpen();
      presence.change(socket.id, workflowId, { isEditing });
    },
    async close(workflowId) {
      if (!open.delete(workflowId)) throw notOpen();
      presence.leave(socket.id, workflowId);
      await socket.leave(flowRoom(workflowId));
    },
    closeAll() {
      open.clear();
      presence.leave(socket.id);
    },
  };
}
