import { z } from 'zod';
import { idSchema, text } from './identifiers.js';
import { aiDataSchema } from './ai-data.js';
import {
  integrationDataSchema,
  listenDataSchema,
  logicDataSchema,
  speakDataSchema,
  triggerDataSchema,
} from './node-data.js';
import { positionSchema } from './position.js';
import type { NodeType } from '../kinds.js';

const node = <T extends string, D extends z.ZodType>(type: T, data: D) =>
  z
    .strictObject({
      id: idSchema,
      type: z.literal(type),
      label: text(200),
      position: positionSchema,
      data,
    })
    .meta({ id: `${type[0]?.toUpperCase()}${type.slice(1)}Node` });

/** A node of a flow: what all kinds share, and the data of its kind. */
export const nodeSchema = z
  .discriminatedUnion(
    'type',
    [
      node('trigger', triggerDataSchema),
      node('speak', speakDataSchema),
      node('listen', listenDataSchema),
      node('ai', aiDataSchema),
      node('logic', logicDataSchema),
      node('integration', integrationDataSchema),
    ],
    { error: 'must be one of trigger, speak, listen, ai, logic, integration' },
  )
  .meta({ id: 'Node' });

/** A node with its defaults filled in. */
export type FlowNode = z.output<typeof nodeSchema>;

/** A node as a client writes it. */
export type FlowNodeInput = z.input<typeof nodeSchema>;

/** The node of one kind, e.g. `NodeOf<'listen'>`. */
export type NodeOf<T extends NodeType> = Extract<FlowNode, { type: T }>;
