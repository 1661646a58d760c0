import type { z } from 'zod';
import type { NodeKind, NodeWriting } from './kind.js';
import type * as kit from './schema-kit.js';

/** Data of a logic node that sets variables in order. */
export const setData = ({ z, jsonValueSchema, optionalVariable }: typeof kit) =>
  z.strictObject({
    kind: z.literal('set'),
    assign: z
      .array(z.strictObject({ name: optionalVariable, value: jsonValueSchema }))
      .max(100)
      .default([]),
  });

/** Sets variables. */
export const set = {
  wire: { type: 'logic', kind: 'set' },
  defaults: { kind: 'set', assign: [{ name: '', value: '' }] },
  handles: () => ['out'],
  variables: ({ assign = [] }) => assign.map(({ name }) => name),
  expressions: ({ assign = [] }) =>
    assign.map(({ value }, row) => ({
      field: `assign[${row}].value`,
      value,
      as: 'template',
      setBefore: assign.slice(0, row).map(({ name }) => name),
    })),
  key: null,
  needs: () => [],
  isCall: () => false,
  isTool: false,
  waitsFor: () => null,
} satisfies NodeKind<z.input<ReturnType<typeof setData>>>;

/** What a model that writes flows is told about it. */
export const setWriting: NodeWriting = {
  lines: ['logic kind "set": assign [{name, value}]. out'],
  fields: {
    assign: {
      type: 'array',
      items: {
        type: 'object',
        properties: { name: { type: 'string' }, value: { type: 'string' } },
        required: ['name', 'value'],
      },
    },
  },
  keeps: [],
};
