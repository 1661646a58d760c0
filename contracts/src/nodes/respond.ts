import type { z } from 'zod';
import type { NodeKind, NodeWriting } from './kind.js';
import type * as kit from './schema-kit.js';

/** Data of an integration node that answers the webhook which started the run. */
export const respondData = ({ z, jsonValueSchema, template }: typeof kit) => {
  const headerName = z
    .string()
    .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/, 'must be an HTTP header name');
  return z.strictObject({
    kind: z.literal('respond'),
    status: z
      .union([
        z.int().min(200, 'must be from 200 to 599').max(599, 'must be from 200 to 599'),
        template,
      ])
      .default(200)
      .describe('An HTTP status from 200 to 599, or a template of one.'),
    headers: z
      .record(headerName, template)
      .default({})
      .describe('Content-Type, Content-Language, Location and others that are harmless.'),
    body: jsonValueSchema.optional().describe('A text is sent as text, anything else as JSON.'),
  });
};

/** Answers the webhook which started the run; the run goes on. */
export const respond = {
  wire: { type: 'integration', kind: 'respond' },
  defaults: { kind: 'respond', status: 200 },
  handles: () => ['out'],
  variables: () => [],
  expressions: ({ status, headers, body }) => [
    ...(typeof status === 'string'
      ? [{ field: 'status', value: status, as: 'template' as const }]
      : []),
    { field: 'headers', value: headers, as: 'template' },
    { field: 'body', value: body, as: 'template' },
  ],
  key: null,
  needs: () => [],
  isCall: () => false,
  isTool: false,
  waitsFor: () => null,
} satisfies NodeKind<z.input<ReturnType<typeof respondData>>>;

const answerHeaders: ReadonlySet<string> = new Set([
  ...['content-type', 'content-language', 'content-disposition', 'cache-control', 'expires'],
  ...['location', 'retry-after', 'link', 'etag', 'last-modified', 'deprecation', 'sunset'],
]);

/** Of `x-` headers those by which browsers and proxies are told what they may do, or who asked. */
const reservedHeaders =
  /^x-(?:frame-options|content-type-options|xss-protection|dns-prefetch-control|download-options|permitted-cross-domain-policies|accel-.*|sendfile.*|forwarded-.*|powered-by|request-id|ua-compatible|robots-tag)$/;

/** Whether a respond node may set a header: none that sets cookies or undoes what protects browsers. */
export function isAnswerHeader(name: string): boolean {
  const lower = name.toLowerCase();
  return answerHeaders.has(lower) || (lower.startsWith('x-') && !reservedHeaders.test(lower));
}

/** What a model that writes flows is told about it. */
export const respondWriting: NodeWriting = {
  lines: [
    'integration kind "respond": status, headers, body (JSON as a text) answers the service whose webhook started the run; only with a webhook trigger. out',
  ],
  fields: {
    headers: {
      type: 'array',
      items: {
        type: 'object',
        properties: { name: { type: 'string' }, value: { type: 'string' } },
        required: ['name', 'value'],
      },
    },
    body: { type: 'string' },
  },
  keeps: ['status'],
};
