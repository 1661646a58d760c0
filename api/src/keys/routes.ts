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
import { createKeys } from './keys.js';
import { tryKey } from './try-key.js';

/** `/api/keys`: secrets for the services that flows call. */
export function keyRoutes(deps: Pick<Deps, 'db' | 'config' | 'ai'>): Route[] {
  const keys = createKeys(deps);
  return [
    route({
      method: 'get',
      path: '/api/keys',
      docs: {
        tag: 'Keys',
        summary: 'List stored keys',
        description: 'Your own, the newest first; of the keys themselves only the last characters.',
        answers: { 200: keyPageSchema },
      },
      query: listQuerySchema,
      handle: async ({ principal, query }) => ({
        status: 200,
        body: await keys.list(principal.userId, query),
      }),
    }),
    route({
      method: 'post',
      path: '/api/keys',
      docs: {
        tag: 'Keys',
        summary: 'Store a key for a service',
        description:
          'A service has one key: storing another replaces it and its hosts under the same id, and is answered with 200. The key is encrypted, and decrypted only where a node uses it. One for `gemini` is tried before: one that is refused is not stored.',
        answers: { 200: storedKeySchema, 201: storedKeySchema },
      },
      body: storeKeySchema,
      async handle({ principal, body }) {
        const warning = await tryKey(deps, body);
        const { created, key } = await keys.store(principal.userId, body);
        const told = warning === undefined ? key : { ...key, warning };
        return { status: created ? 201 : 200, body: told };
      },
    }),
    route({
      method: 'delete',
      path: '/api/keys/:service',
      docs: { tag: 'Keys', summary: 'Delete the key of a service', answers: { 204: null } },
      params: z.object({ service: serviceNameSchema }),
      async handle({ principal, params }) {
        await keys.remove(principal.userId, params.service);
        return { status: 204 };
      },
    }),
  ];
}
