import type { Right } from '@crmflow/contracts';
import { type ErrorObject, Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

type Json = { [key: string]: unknown };
type Operation = {
  'x-right'?: Right;
  parameters?: { name: string }[];
  security: unknown[];
  responses: Record<string, { content?: Record<string, unknown> }>;
};

/** An operation of the running product. */
export type ListedOperation = {
  /** `GET /api/runs/{runId}`. */
  name: string;
  /** Whether one need not be signed in. */
  open: boolean;
  statuses: string[];
  /** What one must be allowed to do; absent where no workspace is concerned. */
  right?: Right;
  /** Whether the query names the workspace. */
  inWorkspace: boolean;
};

export type Document = {
  operations: ListedOperation[];
  /** What is wrong with an answer; nothing where it is as documented. */
  faultsOf(name: string, status: number, mediaType: string, body: unknown): string[];
};

/** The same schemas, but a field that is not documented is a fault. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, closed(item)] as const);
  const schema: Json = Object.fromEntries(entries);
  const isObject = schema['type'] === 'object' && typeof schema['properties'] === 'object';
  return isObject ? { additionalProperties: false, ...schema } : schema;
}

const pointer = (parts: string[]) =>
  parts
    .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
    .join('/');

const worded = ({ instancePath, message, params }: ErrorObject) =>
  `${instancePath} ${message} ${JSON.stringify(params)}`;

/** Reads the document that a running product gives out. */
export async function readDocument(url: string): Promise<Document> {
  const response = await fetch(`${url}/api/openapi.json`);
  const document = (await response.json()) as { paths: Record<string, Record<string, Operation>> };
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(closed(document) as Json, 'document');
  const entries = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      path,
      method,
      operation,
    })),
  );
  return {
    operations: entries.map(({ name, operation }) => ({
      name,
      open: operation.security.length === 0,
      statuses: Object.keys(operation.responses),
      inWorkspace: (operation.parameters ?? []).some((one) => one.name === 'workspaceId'),
      ...(operation['x-right'] && { right: operation['x-right'] }),
    })),
    faultsOf(name, status, mediaType, body) {
      const found = entries.find((one) => one.name === name);
      if (!found) return [`${name} is not documented`];
      const answer = found.operation.responses[status];
      if (!answer) return [`${name} may not answer ${status}`];
      if (!answer.content) return mediaType === '' ? [] : [`${status} has a body: ${mediaType}`];
      if (!(mediaType in answer.content)) return [`${status} is documented without ${mediaType}`];
      const at = ['paths', found.path, found.method, 'responses', String(status), 'content'];
      const validate = ajv.getSchema(`document#/${pointer([...at, mediaType, 'schema'])}`);
      if (!validate) return [`${name} ${status} has no schema`];
      return validate(body) === true ? [] : (validate.errors ?? []).map(worded);
    },
  };
}
