import { z } from 'zod';
import { requiredLine, text } from '../fields/identifiers.js';
import { conversationViews } from '../kinds.js';
import { storedText } from '../text.js';

const reference = z.string().min(1).max(200);

/** What a saved view of conversations filters by, as GET /api/conversations takes it. */
export const savedViewFilterSchema = z
  .strictObject({
    view: z.enum(conversationViews),
    q: text(200).transform(storedText),
    deploymentId: reference,
    workflowId: reference,
  })
  .partial();

/** A filter of conversations under a name, of one member in one workspace. */
export const savedViewSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    filter: savedViewFilterSchema,
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'SavedView' });

/** A filter of conversations under a name. Times are ISO 8601. */
export type SavedView = z.output<typeof savedViewSchema>;

/** Answer of GET /api/saved-views: all of them, the oldest first. */
export const savedViewsSchema = z.object({ items: z.array(savedViewSchema) });

/** Body of POST /api/saved-views. */
export const createSavedViewSchema = z.strictObject({
  name: requiredLine(100),
  filter: savedViewFilterSchema,
});

/** A view to save. */
export type CreateSavedView = z.output<typeof createSavedViewSchema>;

/** Body of PATCH /api/saved-views/:id: what is left out stays. */
export const updateSavedViewSchema = createSavedViewSchema.partial();

/** What is changed of a saved view. */
export type UpdateSavedView = z.output<typeof updateSavedViewSchema>;
