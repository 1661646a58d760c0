import type { z } from 'zod';
import type { NodeKind, NodeWriting } from './kind.js';
import type * as kit from './schema-kit.js';

const pairs = {
  type: 'array',
  items: {
    type: 'object',
    properties: { name: { type: 'string' }, value: { type: 'string' } },
    required: ['name', 'value'],
  },
};

/** Data of an integration node that sends one HTTP request through the egress guard. */
export const httpData = (schemas: typeof kit) => {
  const { z, jsonValueSchema, optionalVariable, serviceNameSchema } = schemas;
  const { callTimes, template, text } = schemas;
  const headerName = z
    .string()
    .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/, 'must be an HTTP header name');
  const auth = z.strictObject({
    secret: z
      .union([serviceNameSchema, z.literal('')])
      .default('')
      .describe('Service name of a stored key.'),
    in: z.enum(['header', 'query', 'bearer']).default('bearer'),
    name: text(200).optional().describe('Name of the header or query parameter.'),
  });
  return z.strictObject({
    kind: z.literal('http').optional().default('http'),
    method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD']).default('GET'),
    url: template.default(''),
    headers: z.record(headerName, template).default({}),
    query: z.record(text(200), template).default({}),
    body: jsonValueSchema.optional(),
    auth: auth.optional(),
    ...callTimes,
    saveAs: optionalVariable.optional(),
  });
};

/** Sends an HTTP request. */
export const http = {
  wire: { type: 'integration', kind: 'http', isDefault: true },
  defaults: { kind: 'http', method: 'GET', url: '' },
  handles: () => ['out', 'error'],
  variables: ({ saveAs }) => [saveAs],
  expressions: ({ url, headers, query, body }) => [
    { field: 'url', value: url, as: 'template' },
    { field: 'headers', value: headers, as: 'template' },
    { field: 'query', value: query, as: 'template' },
    { field: 'body', value: body, as: 'template' },
  ],
  key: { of: 'service', at: ['auth', 'secret'] },
  needs: () => ['service'],
  isCall: () => true,
  isTool: true,
  waitsFor: () => null,
} satisfies NodeKind<z.input<ReturnType<typeof httpData>>>;

/** What a model that writes flows is told about it. */
export const httpWriting: NodeWriting = {
  lines: [
    'integration kind "http": method, url, headers, query, body (JSON as a text), saveAs (the parsed body), key (the service of a stored key that the first turn lists, for its hosts only: sent as a bearer token), timeout up to PT5M, retryFor (how long to retry a failing service: PT2M unless said, up to P7D, PT0S for never). out, error',
  ],
  fields: {
    method: { type: 'string', enum: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'] },
    url: { type: 'string' },
    headers: pairs,
    query: pairs,
    body: { type: 'string' },
    timeout: { type: 'string' },
    retryFor: { type: 'string' },
    saveAs: { type: 'string' },
    key: { type: 'string' },
  },
  keeps: ['auth'],
};
