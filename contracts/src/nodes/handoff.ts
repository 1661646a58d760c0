import type { z } from 'zod';
import type { NodeKind, NodeWriting } from './kind.js';
import type * as kit from './schema-kit.js';

/** What can be done outside of office hours. */
const handoffOutside = ['leave', 'wait'] as const;

/** Data of an integration node that asks for a person of the team and waits until one is done. */
export const handoffData = ({ z, duration, template, text }: typeof kit) =>
  z.strictObject({
    kind: z.literal('handoff'),
    team: text(100).optional(),
    note: template.default('').describe('What the person should know.'),
    message: template.optional().describe('What the customer is told.'),
    timeout: duration.default('PT30M').describe('How long it waits for somebody to take over.'),
    outside: z
      .enum(handoffOutside)
      .optional()
      .describe(
        'What it does outside of the office hours of the workspace. `leave`: it continues by `timeout` at once. `wait`: the time limit begins when the team is back. Left out: it does not look at them.',
      ),
    outsideMessage: template
      .optional()
      .describe('What the customer is told outside of office hours.'),
  });

/** Asks for a person. */
export const handoff = {
  wire: { type: 'integration', kind: 'handoff' },
  defaults: { kind: 'handoff', note: '', message: '', timeout: 'PT30M' },
  handles: () => ['out', 'timeout', 'error'],
  variables: () => [],
  expressions: ({ note, message, outsideMessage }) => [
    { field: 'note', value: note, as: 'template' },
    { field: 'message', value: message, as: 'message' },
    { field: 'outsideMessage', value: outsideMessage, as: 'message' },
  ],
  key: null,
  needs: () => [],
  isCall: () => false,
  isTool: false,
  waitsFor: () => 'person',
} satisfies NodeKind<z.input<ReturnType<typeof handoffData>>>;

/** What a model that writes flows is told about it. */
export const handoffWriting: NodeWriting = {
  lines: [
    'integration kind "handoff": asks for a person of the team and waits until they have answered the customer. note (what the person should know), message (what the customer is told), team (optional), timeout (how long it waits for somebody, ISO 8601), outside (optional, outside of office hours: "leave" by timeout at once, or "wait"), outsideMessage (what the customer is told then). out (the person is done), timeout (nobody came), error',
  ],
  fields: {
    team: { type: 'string' },
    note: { type: 'string' },
    message: { type: 'string' },
    timeout: { type: 'string' },
    outside: { type: 'string', enum: [...handoffOutside] },
    outsideMessage: { type: 'string' },
  },
  keeps: [],
};
