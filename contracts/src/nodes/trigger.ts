import type { z } from 'zod';
import type { NodeKind, NodeWriting } from './kind.js';
import type * as kit from './schema-kit.js';

/** Data of a trigger node: what starts the run. */
export const triggerData = ({ z }: typeof kit) =>
  z.strictObject({
    kind: z.enum(['manual', 'chat', 'webhook', 'schedule']).default('manual'),
  });

/** Where runs begin. */
export const trigger = {
  wire: { type: 'trigger' },
  defaults: { kind: 'chat' },
  handles: () => ['out'],
  variables: () => [],
  expressions: () => [],
  key: null,
  needs: () => [],
  isCall: () => false,
  isTool: false,
  waitsFor: () => null,
} satisfies NodeKind<z.input<ReturnType<typeof triggerData>>>;

/** What a model that writes flows is told about it. */
export const triggerWriting: NodeWriting = {
  lines: [
    'trigger: kind "chat" (a visitor writes), "webhook" (another service sends input.body, and nobody is there to talk to), "schedule" (at set times, for input.schedule.scheduledAt; nobody is there to talk to) or "manual". out',
  ],
  fields: { kind: { type: 'string', enum: ['manual', 'chat', 'webhook', 'schedule'] } },
  keeps: [],
};
