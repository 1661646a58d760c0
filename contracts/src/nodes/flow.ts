import type { z } from 'zod';
import type { NodeKind, NodeWriting } from './kind.js';
import type * as kit from './schema-kit.js';

/** Data of an integration node that runs another flow of the workspace. */
export const flowData = ({ z, jsonValueSchema, optionalVariable, template, text }: typeof kit) =>
  z.strictObject({
    kind: z.literal('flow'),
    workflowId: text(100).default('').describe('A published flow of the same workspace.'),
    version: z
      .union([z.int().min(1), z.literal('latest')])
      .default('latest')
      .describe('A version, or `latest`: the newest one when the node is reached.'),
    input: z
      .union([z.record(text(200), jsonValueSchema), template])
      .default({})
      .describe('What its expressions read as `input`: an object, or a template of one.'),
    wait: z
      .boolean()
      .default(true)
      .describe('Whether the run waits for its end. If not, it continues once the flow runs.'),
    saveAs: optionalVariable
      .optional()
      .describe('The variables of the flow at its end; if not waited for, {runId}.'),
  });

/** Runs another flow. */
export const flow = {
  wire: { type: 'integration', kind: 'flow' },
  defaults: { kind: 'flow', workflowId: '', version: 'latest', input: {}, wait: true },
  handles: () => ['out', 'error'],
  variables: ({ saveAs }) => [saveAs],
  expressions: ({ input }) => [{ field: 'input', value: input, as: 'template' }],
  key: null,
  needs: () => [],
  isCall: () => true,
  isTool: false,
  waitsFor: () => null,
} satisfies NodeKind<z.input<ReturnType<typeof flowData>>>;

/** What a model that writes flows is told about it: the flows of a workspace it does not know. */
export const flowWriting: NodeWriting = {
  lines: [],
  fields: {},
  keeps: ['workflowId', 'version', 'input', 'wait', 'saveAs'],
};
