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
