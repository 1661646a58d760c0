import { tags } from '../http/route-docs.js';
import type { Route } from '../http/route.js';
import { createJsonSchemas, type JsonSchema } from './json-schemas.js';
import { operationOf, pathOf } from './operation.js';
import { type SocketEvents, socketEvents } from './socket-events.js';
import { socketTag } from './socket-tag.js';

/** An OpenAPI 3.1 document. */
export type OpenApiDocument = {
  openapi: string;
  info: { title: string; version: string; description: string };
  servers: { url: string }[];
  tags: { name: string; description: string; 'x-traitTag'?: boolean }[];
  paths: Record<string, Record<string, JsonSchema>>;
  components: { schemas: Record<string, JsonSchema>; securitySchemes: JsonSchema };
  'x-socket-events': SocketEvents;
};

const description = `Draw a conversation, publish it, and let it run for minutes or months.

Bodies are JSON in UTF-8. A list answers \`items\` and \`nextCursor\`: send that as \`cursor\` for the
next page, until it is null. What belongs to somebody else is answered like what does not exist.

Errors are RFC 9457 problem documents: branch on \`code\`, show \`detail\`, and follow \`type\` for what
to do. What a 503 refuses can be sent again; use \`requestId\` and \`messageId\` so that it counts once.

Live events come over Socket.IO on the same address.`;

const securitySchemes = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    description: 'The token returned by register or login, or an API token (`crm_…`).',
  },
  visitor: {
    type: 'http',
    scheme: 'bearer',
    description: 'The token of a visitor of a chat, from `POST /api/public/chat/{slug}/visitors`.',
  },
  cookie: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-crmflow_session',
    description:
      'For browsers. Set by register and login, HttpOnly and SameSite=Lax. Over http it is `crmflow_session_` and an ID of the installation.',
  },
};

/**
 * The document of these routes, made from the schemas that check their requests.
 * @param about `server`: where people reach the installation; the version of the product
 */
export function openApiDocument(
  routes: readonly Route[],
  { server, version }: { server: string; version: string },
): OpenApiDocument {
  const schemas = createJsonSchemas();
  const paths: OpenApiDocument['paths'] = {};
  const inOrder = [...routes].sort((a, b) => place(a) - place(b));
  for (const route of inOrder) {
    const path = (paths[pathOf(route.path)] ??= {});
    path[route.method] = operationOf(route, schemas);
  }
  const events = socketEvents(schemas);
  const used = new Set(routes.map(({ docs }) => docs.tag));
  return {
    openapi: '3.1.0',
    info: { title: 'CRMFlow', version, description },
    servers: [{ url: server }],
    tags: [
      ...Object.entries(tags)
        .filter(([name]) => used.has(name as keyof typeof tags))
        .map(([name, text]) => ({ name, description: text })),
      socketTag(events),
    ],
    paths,
    components: { schemas: schemas.components(), securitySchemes },
    'x-socket-events': events,
  };
}

/** Where a route's chapter comes; within a chapter the order of the routes stays. */
function place({ docs }: Route): number {
  return Object.keys(tags).indexOf(docs.tag);
}
