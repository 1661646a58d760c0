import {
  apiTokenPageSchema,
  auditPageSchema,
  createApiTokenSchema,
  listAuditSchema,
  listQuerySchema,
  newApiTokenSchema,
} from '@crmflow/contracts';
import { z } from 'zod';
import type { Deps } from '../deps.js';
import { attachment } from '../http/attachment.js';
import { idParams } from '../http/id-params.js';
import { type Route, route } from '../http/route.js';
import { exportAudit, listAudit } from './audit-log.js';
import { createToken, listTokens, revokeToken } from './tokens.js';

const tokenParams = idParams.extend({ tokenId: idParams.shape.id });

/** `/api/workspaces/:id/tokens` and `/audit`. */
export function tokenRoutes({ pool, reads }: Pick<Deps, 'pool' | 'reads'>): Route[] {
  const one = '/api/workspaces/:id';
  return [
    route({
      method: 'get',
      path: `${one}/tokens`,
      right: 'token.list',
      of: 'workspace',
      docs: {
        tag: 'Workspaces',
        summary: 'List API tokens',
        description: 'Newest first.',
        answers: { 200: apiTokenPageSchema },
      },
      gate: reads,
      params: idParams,
      query: listQuerySchema,
      handle: async ({ access, query }) => ({
        status: 200,
        body: await listTokens(pool, access.workspaceId, query),
      }),
    }),
    route({
      method: 'post',
      path: `${one}/tokens`,
      right: 'token.change',
      of: 'workspace',
      docs: {
        tag: 'Workspaces',
        summary: 'Create an API token',
        description:
          'Send it as `Authorization: Bearer crm_…`. It works in this workspace with its role, never with more than yours, and ends with your membership. It is valid for 90 days unless you set `expiresAt`.',
        example: { name: 'Nightly export', role: 'viewer' },
        answers: { 201: newApiTokenSchema },
        problems: ['tokens_full'],
      },
      params: idParams,
      body: createApiTokenSchema,
      handle: async ({ access, body }) => ({
        status: 201,
        body: await createToken(pool, access, body),
      }),
    }),
    route({
      method: 'delete',
      path: `${one}/tokens/:tokenId`,
      right: 'token.change',
      of: 'workspace',
      docs: {
        tag: 'Workspaces',
        summary: 'Revoke an API token',
        description: 'It stops working immediately, and its sockets are closed.',
        answers: { 204: null },
      },
      params: tokenParams,
      async handle({ access, params }) {
        await revokeToken(pool, access, params.tokenId);
        return { status: 204 };
      },
    }),

    route({
      method: 'get',
      path: `${one}/audit`,
      right: 'audit.read',
      of: 'workspace',
      docs: {
        tag: 'Workspaces',
        summary: 'Read the audit log',
        description:
          'Who did what, newest first. `format=csv` returns the newest 50,000 matching entries as a file. Entries cannot be changed; they are deleted after the time that the workspace keeps them.',
        answers: { 200: { 'application/json': auditPageSchema, 'text/csv': z.string() } },
      },
      gate: reads,
      params: idParams,
      query: listAuditSchema,
      async handle({ access, query: { format, ...filter } }) {
        if (format === 'json') {
          return { status: 200, body: await listAudit(pool, access.workspaceId, filter) };
        }
        const headers = {
          'Content-Type': 'text/csv; charset=utf-8',
          'Content-Disposition': attachment('Audit log', 'audit', 'csv'),
        };
        return { status: 200, text: await exportAudit(pool, access, filter), headers };
      },
    }),
  ];
}
