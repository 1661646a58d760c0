import type { z } from 'zod';
import { expectations } from '../kinds.js';
import { limits } from '../limits.js';
import type { ExpressionField, NodeKind, NodeWriting } from './kind.js';
import type * as kit from './schema-kit.js';

/** Data of a listen node: a durable wait for a reply, or for a call of its address. */
export const listenData = ({ z, duration, optionalVariable, template, text }: typeof kit) =>
  z.strictObject({
    variable: optionalVariable.default(''),
    expect: z.enum(expectations).default('any'),
    // A reply matches a choice by its value or its label.
    choices: z
      .array(z.strictObject({ value: text(1000), label: text(1000) }))
      .max(100)
      .optional(),
    pattern: text(limits.patternBytes).optional(),
    // Two where it is not said and `invalid` leads nowhere, else none.
    retries: z.int().min(0).max(20).optional(),
    retryText: template.optional(),
    timeout: duration.optional(),
    reminders: z
      .array(z.strictObject({ after: duration, text: template }))
      .max(20)
      .default([]),
  });

/** Waits for a reply, or for a call of its address. */
export const listen = {
  wire: { type: 'listen' },
  defaults: { variable: '', expect: 'any' },
  handles: () => ['out', 'timeout', 'invalid'],
  variables: ({ variable }) => [variable],
  expressions: ({ retryText, reminders = [] }) => [
    { field: 'retryText', value: retryText, as: 'message' },
    ...reminders.map(({ text }, row): ExpressionField => ({
      field: `reminders[${row}].text`,
      value: text,
      as: 'message',
    })),
  ],
  key: null,
  needs: () => [],
  isCall: () => false,
  isTool: false,
  waitsFor: ({ expect }) => (expect === 'callback' ? 'callback' : 'reply'),
} satisfies NodeKind<z.input<ReturnType<typeof listenData>>>;

/** What a model that writes flows is told about it. */
export const listenWriting: NodeWriting = {
  lines: [
    `listen: waits for a reply. variable (its name), expect ${expectations.join('|')}; choices [{value,label}] for choice; pattern (RE2) for pattern; retries 0-20 with retryText; timeout (ISO 8601 duration such as PT30M, P2D, P2W); reminders [{after, text}] with after shorter than timeout. expect callback waits until another service or person opens the one-time address that {{ callbackUrl() }} gives in a text or request before it, and saves what is sent. out, timeout, invalid`,
  ],
  fields: {
    variable: { type: 'string' },
    expect: { type: 'string', enum: [...expectations] },
    choices: {
      type: 'array',
      items: {
        type: 'object',
        properties: { value: { type: 'string' }, label: { type: 'string' } },
        required: ['value', 'label'],
      },
    },
    pattern: { type: 'string' },
    retries: { type: 'integer', minimum: 0, maximum: 20 },
    retryText: { type: 'string' },
    timeout: { type: 'string' },
    reminders: {
      type: 'array',
      items: {
        type: 'object',
        properties: { after: { type: 'string' }, text: { type: 'string' } },
        required: ['after', 'text'],
      },
    },
  },
  keeps: [],
};
