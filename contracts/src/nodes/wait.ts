import type { z } from 'zod';
import type { NodeKind, NodeWriting } from './kind.js';
import type * as kit from './schema-kit.js';

/**
 * Data of a logic node that sleeps for a duration or until an instant (a template of ISO 8601), and
 * then until office hours, if it is to.
 */
export const waitData = ({ z, duration, template }: typeof kit) =>
  z.strictObject({
    kind: z.literal('wait'),
    duration: duration.optional(),
    until: template.optional(),
    officeHours: z
      .boolean()
      .optional()
      .describe('Whether it then waits until the workspace has office hours.'),
  });

/** Sleeps. */
export const wait = {
  wire: { type: 'logic', kind: 'wait' },
  defaults: { kind: 'wait', duration: '' },
  handles: () => ['out'],
  variables: () => [],
  expressions: ({ until }) => [{ field: 'until', value: until, as: 'template' }],
  key: null,
  needs: () => [],
  isCall: () => false,
  isTool: false,
  waitsFor: () => 'time',
} satisfies NodeKind<z.input<ReturnType<typeof waitData>>>;

/** What a model that writes flows is told about it. */
export const waitWriting: NodeWriting = {
  lines: [
    'logic kind "wait": duration (ISO 8601) or until (an instant); officeHours true to continue in office hours only, also without the other two. out',
  ],
  fields: {
    duration: { type: 'string' },
    until: { type: 'string' },
    officeHours: { type: 'boolean' },
  },
  keeps: [],
};
