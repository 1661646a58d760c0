import { z } from 'zod';
import type { Answer } from '../http/route-docs.js';
import type { Route } from '../http/route.js';
import type { JsonSchema, JsonSchemas } from './json-schemas.js';
import { problemResponses } from './problems.js';

const statusWords: Record<string, string> = {
  200: 'Success.',
  201: 'Created.',
  202: 'Accepted.',
  204: 'Success, without a body.',
  304: 'Not modified since the last request.',
};

const json = 'application/json';

function contentOf(answer: Exclude<Answer, null>, schemas: JsonSchemas): JsonSchema {
  const types = answer instanceof z.ZodType ? { [json]: answer } : answer;
  return Object.fromEntries(
    Object.entries(types).map(([type, schema]) => [type, { schema: schemas.body(schema) }]),
  );
}

function responsesOf(route: Route, schemas: JsonSchemas): JsonSchema {
  const responses = problemResponses(route, schemas);
  for (const [status, answer] of Object.entries(route.docs.answers)) {
    const problem = responses[status];
    const contents = {
      ...(answer && contentOf(answer, schemas)),
      ...(problem?.['content'] as JsonSchema | undefined),
    };
    responses[status] = {
      ...problem,
      description: statusWords[status] ?? problem?.['description'] ?? 'Response.',
      ...(Object.keys(contents).length > 0 && { content: contents }),
    };
  }
  return responses;
}

function parametersOf({ schemas: { params, query } }: Route, schemas: JsonSchemas): JsonSchema[] {
  const inPath = params ? schemas.parameters(params) : [];
  const inQuery = query ? schemas.parameters(query) : [];
  return [
    ...inPath.map((one) => ({ ...one, in: 'path', required: true })),
    ...inQuery.map((one) => ({ ...one, in: 'query' })),
  ];
}

function requestBodyOf({ schemas: { body }, docs }: Route, schemas: JsonSchemas): JsonSchema {
  if (!body) return {};
  const type = docs.bodyType ?? json;
  const example = docs.example;
  const content = { schema: schemas.body(body), ...(example !== undefined && { example }) };
  // An absent body counts as {}, so it is required only where {} would be refused.
  const required = type !== json || !body.safeParse({}).success;
  return { requestBody: { required, content: { [type]: content } } };
}

/** `/api/runs/:runId` as OpenAPI writes it. */
export const pathOf = (path: string) => path.replaceAll(/:(\w+)/g, '{$1}');

/** A name for generated clients: `getRunsRunIdEvents`. */
function operationIdOf({ method, path }: Pick<Route, 'method' | 'path'>): string {
  const words = path.replace(/^\/api\//, '').match(/[A-Za-z0-9]+/g) ?? [];
  return method + words.map((word) => word[0]?.toUpperCase() + word.slice(1)).join('');
}

function securityOf(access: Route['access']): JsonSchema[] {
  if (access === 'anyone' || access === 'service') return [];
  return access === 'visitor' ? [{ visitor: [] }] : [{ bearer: [] }, { cookie: [] }];
}

/** A route as an operation of the document. */
export function operationOf(route: Route, schemas: JsonSchemas): JsonSchema {
  const { docs, access, needs } = route;
  const parameters = parametersOf(route, schemas);
  return {
    operationId: operationIdOf(route),
    tags: [docs.tag],
    summary: docs.summary,
    ...(docs.description !== undefined && { description: docs.description }),
    security: securityOf(access),
    ...(needs && { 'x-right': needs.right }),
    ...(parameters.length > 0 && { parameters }),
    ...requestBodyOf(route, schemas),
    responses: responsesOf(route, schemas),
  };
}
