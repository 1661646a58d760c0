import { z } from 'zod';
import { edgeSchema, variableSchema } from '../flow/flow.js';
import { nodeTypeSchema } from '../flow/node-type.js';
import { idSchema, text } from '../fields/identifiers.js';
import { templateCategories } from '../kinds.js';
import { needs } from '../nodes/kind.js';
import { listQuerySchema, pageOf } from './list.js';

/** What a template is for. */
export const templateCategorySchema = z.enum(templateCategories);

/** A node as a picture of a flow needs it: all but its data. */
const drawnNodeSchema = z.object({
  id: idSchema,
  type: nodeTypeSchema,
  label: z.string(),
  position: z.object({ x: z.number(), y: z.number() }),
});

/** A flow to start from. */
export const templateSchema = z
  .object({
    id: z.string().describe('ID to clone with POST /api/workflows/:id/clone.'),
    name: z.string(),
    description: z.string(),
    category: templateCategorySchema,
    isBuiltIn: z.boolean().describe('Whether the template is built in. Others are flows of users.'),
    isOwn: z.boolean(),
    nodeCount: z.int().min(0),
    kinds: z.record(nodeTypeSchema, z.int().min(0)).describe('Number of nodes of each kind.'),
    needs: z
      .array(z.enum(needs))
      .describe('What the flow requires: the model, knowledge, HTTP services.'),
    nodes: z.array(drawnNodeSchema).describe('Nodes without their data, for a preview.'),
    edges: z.array(edgeSchema),
    variables: z.array(variableSchema),
  })
  .meta({ id: 'Template' });

/** A flow to start from. */
export type Template = z.input<typeof templateSchema>;

/** Query of GET /api/templates. */
export const listTemplatesSchema = listQuerySchema.extend({
  q: text(200)
    .optional()
    .describe('Only templates whose name contains this text. Not case-sensitive.'),
  category: templateCategorySchema.optional(),
});

/** Which templates to list. */
export type ListTemplates = z.output<typeof listTemplatesSchema>;

/** Answer of GET /api/templates. */
export const templatePageSchema = pageOf(templateSchema);
