import type { z } from 'zod';
import type { NodeKind, NodeWriting } from './kind.js';
import type * as kit from './schema-kit.js';

/** Data of an integration node that writes fields of the conversation's contact. */
export const contactData = ({ z, jsonValueSchema, text }: typeof kit) =>
  z.strictObject({
    kind: z.literal('contact'),
    set: z
      .array(
        z.strictObject({
          name: text(100).describe(
            'name, email, phone, locale, timezone or tags; any other name is an attribute.',
          ),
          value: jsonValueSchema,
        }),
      )
      .max(100)
      .default([]),
  });

/** Writes fields of the contact. */
export const contact = {
  wire: { type: 'integration', kind: 'contact' },
  defaults: { kind: 'contact', set: [{ name: '', value: '' }] },
  handles: () => ['out', 'error'],
  variables: () => [],
  expressions: ({ set = [] }) =>
    set.map(({ value }, row) => ({ field: `set[${row}].value`, value, as: 'template' })),
  key: null,
  needs: () => [],
  isCall: () => true,
  isTool: false,
  waitsFor: () => null,
} satisfies NodeKind<z.input<ReturnType<typeof contactData>>>;

/** What a model that writes flows is told about it. */
export const contactWriting: NodeWriting = {
  lines: [
    'integration kind "contact": set [{name, value}] writes what is known of the customer: name, email, phone, locale, timezone, tags (a text adds one tag); any other name is an attribute. Expressions read it as contact.name, contact.email, contact.tags, contact.attributes.plan, in every later conversation too. out, error',
  ],
  fields: {
    set: {
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
