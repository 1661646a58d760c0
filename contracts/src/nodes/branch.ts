import type { z } from 'zod';
import { limits } from '../limits.js';
import type { NodeKind, NodeWriting } from './kind.js';
import type * as kit from './schema-kit.js';

/** Data of a logic node that leaves by the first case that is true, or by `else`. */
export const branchData = ({ because, z, expression, idSchema }: typeof kit) => {
  const handle = idSchema.refine((id) => id !== 'else', {
    error: 'must not be "else", which every branch node has already',
    params: because('branch_name_else'),
  });
  return z.strictObject({
    kind: z.literal('branch'),
    cases: z
      .array(z.strictObject({ handle, when: expression }))
      .max(limits.branchCases)
      .default([]),
  });
};

/** Leaves by the first case that is true. */
export const branch = {
  wire: { type: 'logic', kind: 'branch' },
  defaults: { kind: 'branch', cases: [{ handle: 'case-1', when: '' }] },
  handles: ({ cases = [] }) => [...cases.map(({ handle }) => handle), 'else'],
  variables: () => [],
  expressions: ({ cases = [] }) =>
    cases.map(({ when }, row) => ({ field: `cases[${row}].when`, value: when, as: 'condition' })),
  key: null,
  needs: () => [],
  isCall: () => false,
  isTool: false,
  waitsFor: () => null,
} satisfies NodeKind<z.input<ReturnType<typeof branchData>>>;

/** What a model that writes flows is told about it. */
export const branchWriting: NodeWriting = {
  lines: [
    'logic kind "branch": cases [{handle, when}]: leaves by the first case whose when is true, else by "else"; the case handles and else',
  ],
  fields: {
    cases: {
      type: 'array',
      items: {
        type: 'object',
        properties: { handle: { type: 'string' }, when: { type: 'string' } },
        required: ['handle', 'when'],
      },
    },
  },
  keeps: [],
};
