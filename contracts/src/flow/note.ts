import { z } from 'zod';
import { limits } from '../limits.js';
import { idSchema, text } from '../fields/identifiers.js';
import { positionSchema } from '../fields/position.js';

/** Words on the canvas for those who draw the flow. No run reads them. */
export const noteSchema = z
  .strictObject({ id: idSchema, text: text(limits.noteLength), position: positionSchema })
  .meta({ id: 'FlowNote' });

/** Words on the canvas for those who draw the flow. */
export type FlowNote = z.output<typeof noteSchema>;

/** The notes of a flow; absent where it has none. */
export const notesSchema = z
  .array(noteSchema)
  .max(limits.flowNotes, `must not have more than ${limits.flowNotes} notes`)
  .optional()
  .describe('Notes on the canvas. They do not affect runs. Absent if there are none.');
