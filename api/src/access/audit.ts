import { randomUUID } from 'node:crypto';
import type { AuditAction, Json } from '@crmflow/contracts';
import type { Ask } from '../ask.js';
import type { Access } from './authorize.js';

/** Something that was done, for the audit log of a workspace. `changes` must hold no secret. */
export type Act = {
  action: AuditAction;
  resource: { kind: string; id: string; name: string };
  changes?: Record<string, Json>;
};

/** Who is told in the log. */
const actorId = ({ principal }: Pick<Access, 'principal'>): string =>
  principal.kind === 'token' ? principal.sessionId : principal.userId;

/**
 * Whether the log has it already that the same person did one of these things to the same resource within
 * the last hour: what is saved while somebody types is one change to who reads the log.
 */
export async function wasToldLately(
  tx: Ask,
  access: Pick<Access, 'principal' | 'workspaceId'>,
  actions: readonly AuditAction[],
  resourceId: string,
): Promise<boolean> {
  const told = await tx(
    `SELECT 1 FROM "AuditEntry"
      WHERE "workspaceId" = $1 AND at > now() - interval '1 hour' AND action = ANY($2)
        AND resource->>'id' = $3 AND actor->>'id' = $4 LIMIT 1`,
    [access.workspaceId, actions, resourceId, actorId(access)],
  );
  return told.length > 0;
}

/**
 * Writes into the audit log what somebody does, within the transaction that does it: the one is
 * stored where the other is.
 */
export async function audit(
  tx: Ask,
  { principal, workspaceId, requestId }: Pick<Access, 'principal' | 'workspaceId' | 'requestId'>,
  { action, resource, changes = {} }: Act,
): Promise<void> {
  const token =
    principal.kind === 'token'
      ? { kind: 'token', id: principal.sessionId, name: principal.name }
      : null;
  await tx(
    `INSERT INTO "AuditEntry" (id, "workspaceId", actor, action, resource, "requestId", changes)
     SELECT $1, $2, coalesce($3::jsonb, (
              SELECT jsonb_build_object('kind', 'user', 'id', id,
                                        'name', coalesce(nullif(name, ''), email))
                FROM "User" WHERE id = $4)),
            $5, $6::jsonb, $7, $8::jsonb`,
    [
      ...[randomUUID(), workspaceId, token && JSON.stringify(token), principal.userId, action],
      ...[JSON.stringify(resource), requestId ?? null, JSON.stringify(changes)],
    ],
  );
}
