import { type ErrorCode, errorCodes, problemSchema } from '@crmflow/contracts';
import type { Route } from '../http/route.js';
import type { JsonSchema, JsonSchemas } from './json-schemas.js';

const common: readonly ErrorCode[] = ['foreign_host', 'internal', 'database_unavailable'];
const ofSession: readonly ErrorCode[] = ['unauthenticated', 'foreign_origin'];
const ofBody: readonly ErrorCode[] = [
  'request_timeout',
  'bad_request',
  'invalid',
  'too_large',
  'unsupported_media_type',
];

/** Every code that an operation may answer, whether its own or what its shape brings along. */
function codesOf({ access, method, schemas, docs }: Route): ErrorCode[] {
  return [
    ...new Set<ErrorCode>([
      ...(schemas.query ? (['bad_request'] as const) : []),
      ...(access === 'signed-in' || access === 'account' ? ofSession : []),
      ...(access === 'visitor' ? (['unauthenticated'] as const) : []),
      ...(access === 'anyone' && method !== 'get' ? (['foreign_origin'] as const) : []),
      ...(schemas.params ? (['bad_request', 'not_found'] as const) : []),
      ...(schemas.body ? ofBody : []),
      ...(docs.problems ?? []),
      ...common,
    ]),
  ];
}

const headersOf = (status: string): JsonSchema | undefined => {
  const header = (name: string, description: string, schema: JsonSchema) => ({
    [name]: { description, schema },
  });
  if (status === '401') {
    return header('WWW-Authenticate', 'The authentication scheme.', { type: 'string' });
  }
  if (status === '429' || status === '503') {
    return header('Retry-After', 'Seconds to wait before retrying.', { type: 'integer' });
  }
  return undefined;
};

/** The answers of an operation that are errors, by status, each with the codes that it may have. */
export function problemResponses(route: Route, schemas: JsonSchemas): Record<string, JsonSchema> {
  const byStatus = new Map<string, ErrorCode[]>();
  for (const code of codesOf(route)) {
    const status = String(errorCodes[code][0]);
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const problem = schemas.body(problemSchema);
  const responses = [...byStatus].map(([status, codes]) => {
    const headers = headersOf(status);
    const schema = { allOf: [problem, { properties: { code: { enum: codes } } }] };
    return [
      status,
      {
        description: codes.map((code) => `\`${code}\`: ${errorCodes[code][1]}.`).join(' '),
        ...(headers && { headers }),
        content: { 'application/problem+json': { schema } },
      },
    ];
  });
  return Object.fromEntries(responses) as Record<string, JsonSchema>;
}
