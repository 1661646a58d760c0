import { z } from 'zod';
import { type DataOf, dataSchemas } from './nodes/node.js';
import { variableNameSchema } from './fields/identifiers.js';
import { type JsonObject, jsonBytes, jsonValueSchema } from './json.js';
import { limits } from './limits.js';
import type { CallHttpInput } from './run/calls.js';
import type { RunError } from './run/parts.js';

const within = (bytes: number) => (values: JsonObject) => jsonBytes(values) <= bytes;

/** Body of POST /api/workflows/:id/try-http. */
export const tryHttpSchema = z.strictObject({
  data: dataSchemas.http.describe('Data of an integration node. It does not have to be saved.'),
  vars: z
    .record(variableNameSchema, jsonValueSchema)
    .refine(
      within(limits.variablesBytes),
      `must not be larger than ${limits.variablesBytes / 1000} kB`,
    )
    .default({})
    .describe('Values of `vars` in expressions.'),
  input: z
    .record(z.string().max(200), jsonValueSchema)
    .refine(within(limits.inputBytes), `must not be larger than ${limits.inputBytes / 1000} kB`)
    .default({})
    .describe('Value of `input` in expressions.'),
});

/** A node to be tried. */
export type TryHttp = z.output<typeof tryHttpSchema>;

/** What a service answered to a request that was tried, whatever its status. */
export const triedHttpSchema = z
  .object({
    status: z.int(),
    url: z.string().describe('Final URL, after redirects. A stored key is removed from it.'),
    headers: z.record(z.string(), z.string()),
    body: jsonValueSchema.describe('Parsed if it is JSON. Shortened text if `truncated`.'),
    bytes: z.int().min(0).describe('Size of the whole decoded body, in bytes.'),
    truncated: z
      .boolean()
      .describe('Whether the body is too large for a variable. A run would fail to save it.'),
    durationMs: z.int().min(0),
  })
  .meta({ id: 'TriedHttp' });

/** What a service answered to a request that was tried. */
export type TriedHttp = z.output<typeof triedHttpSchema>;

/** Name of the workflow type that tries one request outside of a run. */
export const tryHttpType = 'tryHttp';

/** Input of the `tryHttp` workflow. */
export type TryHttpInput = Omit<TryHttp, 'data'> & {
  data: DataOf<'http'>;
  /** Of this try, in the place of a run's id: the idempotency key begins with it. */
  tryId: string;
  /** Whose stored keys it may use. */
  workspaceId: string;
  workflowId: string;
  /** Epoch milliseconds. */
  at: number;
};

/** What came of it: an answer of the service, or why there is none. */
export type TryHttpResult =
  { ok: true; answer: TriedHttp } | { ok: false; error: Omit<RunError, 'nodeId'> };

/** The activities of the `tryHttp` workflow. */
export interface TryActivities {
  /** Sends a rendered request once, with a key of its owner where it names one. */
  sendTry(input: { workspaceId: string; request: CallHttpInput }): Promise<TryHttpResult>;
}
