import {
  keyPageSchema,
  listQuerySchema,
  serviceNameSchema,
  storedKeySchema,
  storeKeySchema,
} from '@crmflow/contracts';
import { z } from 'zod';
import type { Deps } from '../deps.js';
import { type Route, route } from '../http/route.js';
import { createUserLimit } from '../rate-limits/user-limits.js';
import { createKeys } from './keys.js';
import { tryKey } from './try-key.js';

/** `/api/keys`: secrets for the services that flows call. */
export function keyRoutes(
  deps: Pick<Deps, 'db' | 'pool' | 'config' | 'ai' | 'reads' | 'budgets'>,
): Route[] {
  const keys = createKeys(deps);
  return [
    route({
      method: 'get',
      path: '/api/keys',
      right: 'key.list',
      docs: {
        tag: 'Keys',
        summary: 'List stored keys',
        description: 'Your keys, newest first. Of each key only the last characters are returned.',
        answers: { 200: keyPageSchema },
      },
      gate: deps.reads,
      query: listQuerySchema,
      handle: async ({ access, query }) => ({
        status: 200,
        body: await keys.list(access.workspaceId, query),
      }),
    }),
    route({
      method: 'post',
      path: '/api/keys',
      right: 'key.change',
      docs: {
        tag: 'Keys',
        summary: 'Store a key for a service',
        description:
          'Each service has one key. Storing another one replaces the key and its hosts, keeps the ID, and answers 200. Keys are encrypted, and decrypted only when a node uses them. A key for `gemini` is tested first and not stored if Gemini rejects it.',
        answers: { 200: storedKeySchema, 201: storedKeySchema },
        problems: ['keys_full'],
      },
      limit: createUserLimit(deps, 'store-key'),
      body: storeKeySchema,
      async handle({ access, body }) {
        const warning = await tryKey(deps, body);
        const { created, key } = await keys.store(access, body);
        const told = warning === undefined ? key : { ...key, warning };
        return { status: created ? 201 : 200, body: told };
      },
    }),
    route({
      method: 'delete',
      path: '/api/keys/:service',
      right: 'key.change',
      docs: { tag: 'Keys', summary: 'Delete the key of a service', answers: { 204: null } },
      params: z.object({ service: serviceNameSchema }),
      async handle({ access, params }) {
        await keys.remove(access, params.service);
        return { status: 204 };
      },
    }),
  ];
}
