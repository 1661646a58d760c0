import type { z } from 'zod';
import type { NodeKind, NodeWriting } from './kind.js';
import type * as kit from './schema-kit.js';

/** Data of a speak node: a verbatim template, or what the model says in its own words. */
export const speakData = ({ z, callTimes, template }: typeof kit) =>
  z.strictObject({
    mode: z.enum(['text', 'ai']).default('text'),
    text: template.default(''),
    ...callTimes,
  });

/** Says a text. */
export const speak = {
  wire: { type: 'speak' },
  defaults: { mode: 'text', text: '' },
  handles: () => ['out'],
  variables: () => [],
  expressions: ({ text }) => [{ field: 'text', value: text, as: 'message' }],
  key: { of: 'model', when: { mode: 'ai' } },
  needs: () => [],
  isCall: ({ mode }) => mode === 'ai',
  isTool: false,
  waitsFor: () => null,
} satisfies NodeKind<z.input<ReturnType<typeof speakData>>>;

/** What a model that writes flows is told about it. */
export const speakWriting: NodeWriting = {
  lines: [
    'speak: mode "text" with the exact words in text, or mode "ai" where the model says text naturally. out',
  ],
  fields: { mode: { type: 'string', enum: ['text', 'ai'] }, text: { type: 'string' } },
  keeps: ['timeout', 'retryFor'],
};
