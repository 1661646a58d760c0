import {
  changeMemberSchema,
  createWorkspaceSchema,
  listQuerySchema,
  memberPageSchema,
  memberSchema,
  updateWorkspaceSchema,
  workspacePageSchema,
  workspaceSchema,
} from '@crmflow/contracts';
import type { Deps } from '../deps.js';
import { idParams } from '../http/id-params.js';
import { accountRoute, type Route, route, signedInRoute } from '../http/route.js';
import { createUserLimit } from '../rate-limits/user-limits.js';
import { invitationRoutes } from './invitation-routes.js';
import { changeMember, listMembers, removeMember } from './members.js';
import { tokenRoutes } from './token-routes.js';
import {
  createWorkspace,
  deleteWorkspace,
  listWorkspaces,
  readWorkspace,
  updateWorkspace,
} from './workspaces.js';

const id = idParams.shape.id;
const memberParams = idParams.extend({ userId: id });

/** `/api/workspaces/…`: what a team shares, and who belongs to it. */
export function workspaceRoutes(deps: Deps): Route[] {
  const { pool, reads } = deps;
  const all = '/api/workspaces';
  const one = `${all}/:id`;
  return [
    signedInRoute({
      method: 'get',
      path: all,
      docs: {
        tag: 'Workspaces',
        summary: 'List your workspaces',
        description: 'Newest first, with your role in each. For an API token, its own workspace.',
        answers: { 200: workspacePageSchema },
      },
      gate: reads,
      query: listQuerySchema,
      handle: async ({ principal, query }) => ({
        status: 200,
        body: await listWorkspaces(pool, principal, query),
      }),
    }),
    accountRoute({
      method: 'post',
      path: all,
      docs: {
        tag: 'Workspaces',
        summary: 'Create a workspace',
        description: 'You become its owner.',
        example: { name: 'Support team' },
        answers: { 201: workspaceSchema },
        problems: ['workspaces_full'],
      },
      limit: createUserLimit(deps, 'create-workspace'),
      body: createWorkspaceSchema,
      async handle({ principal, requestId, body }) {
        const made = await createWorkspace(pool, { principal, requestId }, body);
        return { status: 201, body: made, headers: { Location: `${all}/${made.id}` } };
      },
    }),
    route({
      method: 'get',
      path: one,
      right: 'workspace.read',
      of: 'workspace',
      docs: {
        tag: 'Workspaces',
        summary: 'Read a workspace',
        answers: { 200: workspaceSchema },
      },
      params: idParams,
      handle: async ({ access }) => ({ status: 200, body: await readWorkspace(pool, access) }),
    }),
    route({
      method: 'patch',
      path: one,
      right: 'workspace.change',
      of: 'workspace',
      docs: {
        tag: 'Workspaces',
        summary: 'Change a workspace',
        description: 'Fields that you leave out keep their value.',
        example: { name: 'Support team', settings: { viewersReadTranscripts: true } },
        answers: { 200: workspaceSchema },
      },
      params: idParams,
      body: updateWorkspaceSchema,
      handle: async ({ access, body }) => ({
        status: 200,
        body: await updateWorkspace(pool, access, body),
      }),
    }),
    route({
      method: 'delete',
      path: one,
      right: 'workspace.delete',
      of: 'workspace',
      docs: {
        tag: 'Workspaces',
        summary: 'Delete a workspace',
        description:
          'Deletes the workspace with its flows, runs and their transcripts, keys, and knowledge. Access ends immediately; the rest is removed in the background. A personal workspace is deleted with its account.',
        answers: { 204: null },
        problems: ['personal_workspace'],
      },
      params: idParams,
      async handle({ access }) {
        await deleteWorkspace(deps, access);
        return { status: 204 };
      },
    }),

    route({
      method: 'get',
      path: `${one}/members`,
      right: 'member.list',
      of: 'workspace',
      docs: {
        tag: 'Workspaces',
        summary: 'List members',
        description: 'Those who joined last come first.',
        answers: { 200: memberPageSchema },
      },
      gate: reads,
      params: idParams,
      query: listQuerySchema,
      handle: async ({ access, query }) => ({
        status: 200,
        body: await listMembers(pool, access.workspaceId, query),
      }),
    }),
    route({
      method: 'patch',
      path: `${one}/members/:userId`,
      right: 'member.change',
      of: 'workspace',
      docs: {
        tag: 'Workspaces',
        summary: "Change a member's role",
        description:
          'With a lower role, the tokens, invitations and sockets that the member had by the old one end.',
        answers: { 200: memberSchema },
        problems: ['last_owner', 'personal_workspace'],
      },
      params: memberParams,
      body: changeMemberSchema,
      handle: async ({ access, params, body }) => ({
        status: 200,
        body: await changeMember(pool, access, params.userId, body),
      }),
    }),
    route({
      method: 'delete',
      path: `${one}/members/:userId`,
      right: 'workspace.read',
      of: 'workspace',
      docs: {
        tag: 'Workspaces',
        summary: 'Remove a member, or leave',
        description:
          'Owners can remove anyone; everyone can leave. Tokens, invitations and sockets of the member end.',
        answers: { 204: null },
        problems: ['last_owner', 'personal_workspace'],
      },
      params: memberParams,
      async handle({ access, params }) {
        await removeMember(pool, access, params.userId);
        return { status: 204 };
      },
    }),
    ...invitationRoutes(deps),
    ...tokenRoutes(deps),
  ];
}
