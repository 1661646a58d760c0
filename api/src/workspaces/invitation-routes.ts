import {
  acceptInvitationSchema,
  inviteMemberSchema,
  listQuerySchema,
  newInvitationSchema,
  workspaceInvitationPageSchema,
  workspaceSchema,
} from '@crmflow/contracts';
import type { Deps } from '../deps.js';
import { idParams } from '../http/id-params.js';
import { accountRoute, type Route, route } from '../http/route.js';
import { createUserLimit } from '../rate-limits/user-limits.js';
import {
  acceptInvitation,
  inviteMember,
  listInvitations,
  revokeInvitation,
} from './invitations.js';

const invitationParams = idParams.extend({ invitationId: idParams.shape.id });

/** `/api/workspaces/:id/invitations` and `/api/invitations/accept`. */
export function invitationRoutes(deps: Deps): Route[] {
  const { pool, reads } = deps;
  const one = '/api/workspaces/:id';
  return [
    route({
      method: 'get',
      path: `${one}/invitations`,
      right: 'invitation.list',
      of: 'workspace',
      docs: {
        tag: 'Workspaces',
        summary: 'List open invitations',
        description: 'Newest first.',
        answers: { 200: workspaceInvitationPageSchema },
      },
      gate: reads,
      params: idParams,
      query: listQuerySchema,
      handle: async ({ access, query }) => ({
        status: 200,
        body: await listInvitations(pool, access.workspaceId, query),
      }),
    }),
    route({
      method: 'post',
      path: `${one}/invitations`,
      right: 'invitation.change',
      of: 'workspace',
      docs: {
        tag: 'Workspaces',
        summary: 'Invite someone',
        description:
          'Returns a link that lets this address, and no other, join; it is also emailed if email is set up. The link works once, for seven days, until you invite the same address again.',
        example: { email: 'grace@example.com', role: 'editor' },
        answers: { 201: newInvitationSchema },
        problems: ['already_member', 'members_full'],
      },
      limit: createUserLimit(deps, 'invite'),
      params: idParams,
      body: inviteMemberSchema,
      handle: async ({ access, body }) => ({
        status: 201,
        body: await inviteMember(deps, access, body),
      }),
    }),
    route({
      method: 'delete',
      path: `${one}/invitations/:invitationId`,
      right: 'invitation.change',
      of: 'workspace',
      docs: { tag: 'Workspaces', summary: 'Revoke an invitation', answers: { 204: null } },
      params: invitationParams,
      async handle({ access, params }) {
        await revokeInvitation(pool, access, params.invitationId);
        return { status: 204 };
      },
    }),
    accountRoute({
      method: 'post',
      path: '/api/invitations/accept',
      docs: {
        tag: 'Workspaces',
        summary: 'Accept an invitation',
        description: 'Makes you a member, and returns the workspace with your role.',
        answers: { 200: workspaceSchema },
        problems: ['invitation_invalid'],
      },
      limit: createUserLimit(deps, 'accept-invitation'),
      body: acceptInvitationSchema,
      handle: async ({ principal, requestId, body }) => ({
        status: 200,
        body: await acceptInvitation(pool, { principal, requestId }, body.token),
      }),
    }),
  ];
}
