import { z } from 'zod';
import { idSchema, text } from '../fields/identifiers.js';
import { handBackWays } from '../kinds.js';
import { storedText } from '../text.js';
import { visitorMessageSchema } from './chat.js';

/** Body of POST /api/conversations/:id/take-over. */
export const takeOverSchema = z.strictObject({
  expect: z
    .string()
    .max(200)
    .nullable()
    .describe('The assignee that you see: their user ID, or null for nobody.'),
});

/** Takes a conversation over from whoever it is expected to be with. */
export type TakeOverConversation = z.output<typeof takeOverSchema>;

/** Answer of POST /api/conversations/:id/take-over. */
export const takenOverSchema = z.object({
  runId: z.string().describe('The run that you speak in: a new one if the last had ended.'),
});

/** Body of POST /api/conversations/:id/messages. */
export const operatorMessageSchema = visitorMessageSchema;

/** What a person of the team says. */
export type OperatorMessage = z.output<typeof operatorMessageSchema>;

/** Body of POST /api/conversations/:id/hand-back. */
export const handBackSchema = z
  .strictObject({
    how: z
      .enum(handBackWays)
      .describe(
        'How the flow continues. `reask`: it asks its question again. `answer`: what the visitor wrote last is the answer. `goto`: it continues at a node. `end`: it ends.',
      ),
    nodeId: idSchema.optional().describe('With `goto`: where the flow continues.'),
    note: text(2_000).transform(storedText).optional().describe('What the model should know.'),
  })
  .refine(({ how, nodeId }) => (how === 'goto') === (nodeId !== undefined), {
    path: ['nodeId'],
    message: 'is needed with goto, and only then',
  });

/** How a person hands a conversation back. */
export type HandBackConversation = z.output<typeof handBackSchema>;

/** Answer of POST /api/conversations/:id/hand-back. */
export const handedBackSchema = z.object({ accepted: z.literal(true) });
