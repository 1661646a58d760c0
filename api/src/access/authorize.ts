import {
  hasRight,
  lowerRole,
  type Right,
  type Role,
  rolesWith,
  type WorkspaceSettings,
} from '@crmflow/contracts';
import type { Pool } from 'pg';
import { AppError } from '../errors/app-error.js';
import type { Principal } from './principal.js';

/**
 * How to find whose a resource is, and what to call it, by its id, `$1`; `$2` is the user who asks.
 * `isPublic`: whether anyone may read it.
 */
const holders = {
  workspace: {
    name: 'Workspace',
    sql: 'SELECT id AS "workspaceId", false AS "isPublic" FROM "Workspace" WHERE id = $1',
  },
  flow: {
    name: 'Flow',
    sql: 'SELECT "workspaceId", "isPublic" FROM "Workflow" WHERE id = $1',
  },
  test: {
    name: 'Test',
    sql: `SELECT flow."workspaceId", false AS "isPublic"
            FROM "FlowTest" test JOIN "Workflow" flow ON flow.id = test."workflowId"
           WHERE test.id = $1`,
  },
  run: {
    name: 'Run',
    sql: 'SELECT "workspaceId", false AS "isPublic" FROM "Run" WHERE id = $1',
  },
  deployment: {
    name: 'Deployment',
    sql: `SELECT "workspaceId", false AS "isPublic" FROM "Deployment"
           WHERE id = $1 AND "deletedAt" IS NULL`,
  },
  contact: {
    name: 'Contact',
    sql: 'SELECT "workspaceId", false AS "isPublic" FROM "Contact" WHERE id = $1',
  },
  conversation: {
    name: 'Conversation',
    sql: `SELECT "workspaceId", false AS "isPublic" FROM "Conversation"
           WHERE id = $1 AND "contactId" IS NOT NULL`,
  },
  /** Those of other members are not found: everybody has their own. */
  savedView: {
    name: 'View',
    sql: `SELECT "workspaceId", false AS "isPublic" FROM "SavedView"
           WHERE id = $1 AND "userId" = $2`,
  },
  cannedReply: {
    name: 'Canned reply',
    sql: 'SELECT "workspaceId", false AS "isPublic" FROM "CannedReply" WHERE id = $1',
  },
  source: {
    name: 'Source',
    sql: 'SELECT "workspaceId", false AS "isPublic" FROM "KnowledgeItem" WHERE id = $1',
  },
} as const;

/** What belongs to a workspace and has an address of its own. */
export type ResourceKind = keyof typeof holders;

/** What somebody wants to get at: one resource by its id. */
export type Resource = { kind: ResourceKind; id: string };

/** Somebody who may do what they asked for: in which workspace, and as what. */
export type Access = {
  principal: Principal;
  workspaceId: string;
  /** `public` where somebody from outside reads what everybody may. */
  role: Role | 'public';
  /** Whether they have a further right there. */
  may: (right: Right) => boolean;
  /** Of the request, for the audit log. */
  requestId?: string;
};

/**
 * Decides whether a principal may do something to a resource: the one place where that is decided.
 * @throws AppError `not_found` where the resource is not there or in a workspace that the principal
 *   does not belong to; `forbidden` where the role lacks the right
 */
export type Authorize = (principal: Principal, right: Right, resource: Resource) => Promise<Access>;

/** What is read of a resource's workspace. */
type Holder = {
  workspaceId: string;
  /** The user's; null where they are not a member. */
  role: Role | null;
  settings: Partial<WorkspaceSettings>;
  isPublic: boolean;
};

/** The workspace whose things somebody means who names none. */
export const homeOf = (principal: Principal): string =>
  principal.kind === 'token' ? principal.workspaceId : principal.userId;

/** What a principal is in a workspace; null: nothing. */
function roleOf(principal: Principal, { workspaceId, role }: Holder): Role | null {
  if (role === null || principal.kind === 'user') return role;
  // A token may nothing that its maker may not.
  return principal.workspaceId === workspaceId ? lowerRole(role, principal.role) : null;
}

const forbidden = (role: Role, right: Right) =>
  new AppError(
    'forbidden',
    `Your role in this workspace is ${role}. This needs the role ${rolesWith(right)}. Ask an owner of the workspace.`,
  );

/**
 * Lets a principal pass who has a right in the workspace of a resource that was read already.
 * @throws AppError `not_found`, `forbidden`
 */
function requireRight(
  principal: Principal,
  right: Right,
  holder: Holder | undefined,
  kind: ResourceKind,
): Access {
  const role = holder && roleOf(principal, holder);
  if (holder && role) {
    const may = (wanted: Right) => hasRight(role, wanted, holder.settings);
    if (may(right)) return { principal, workspaceId: holder.workspaceId, role, may };
  }
  // What anybody may read, members whose role reads less may read too.
  if (holder?.isPublic && right === 'flow.read') {
    const { workspaceId } = holder;
    return { principal, workspaceId, role: 'public', may: (wanted) => wanted === 'flow.read' };
  }
  if (role) throw forbidden(role, right);
  throw new AppError('not_found', `${holders[kind].name} not found.`);
}

/**
 * Asks for a further right of somebody who got in by another one.
 * @throws AppError `forbidden`
 */
export function requireAlso({ role, may }: Access, right: Right): void {
  if (!may(right)) throw forbidden(role === 'public' ? 'viewer' : role, right);
}

/** Rights by the memberships in the database. */
export function createAuthorize(pool: Pool): Authorize {
  return async (principal, right, { kind, id }) => {
    const { rows } = await pool.query<Holder>({
      name: `authorize-${kind}`,
      text: `SELECT held."workspaceId", held."isPublic", member.role, workspace.settings
               FROM (${holders[kind].sql}) held
               JOIN "Workspace" workspace ON workspace.id = held."workspaceId"
                AND workspace."deletingSince" IS NULL
               LEFT JOIN "Member" member ON member."workspaceId" = held."workspaceId"
                AND member."userId" = $2`,
      values: [id, principal.userId],
    });
    return requireRight(principal, right, rows[0], kind);
  };
}
