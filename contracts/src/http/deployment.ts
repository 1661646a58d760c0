import { z } from 'zod';
import { requiredLine } from '../fields/identifiers.js';
import { deploymentKinds, schedulePauses } from '../kinds.js';
import { chatSettingsInputSchema, chatSettingsSchema } from './chat-settings.js';
import { pageOf } from './list.js';
import {
  scheduleChangeSchema,
  scheduleSettingsInputSchema,
  scheduleSettingsSchema,
} from './schedule-settings.js';
import { webhookSettingsInputSchema, webhookSettingsSchema } from './webhook-settings.js';

const name = requiredLine(100);

/** What the address of a deployment ends with, where somebody chooses it. */
export const slugSchema = z
  .string()
  .regex(
    /^[a-z0-9](?:[a-z0-9-]{1,58}[a-z0-9])$/,
    'must have 3 to 60 lower-case letters, digits and hyphens, and start and end with a letter or digit',
  );

const version = z
  .union([z.literal('latest'), z.int32().min(1)])
  .describe('The version for what begins from now on: a number, or the newest.');

const creation = {
  name: name.optional().describe('The name of the flow if left out.'),
  enabled: z.boolean().default(true),
  version: version.default('latest'),
  slug: slugSchema
    .optional()
    .describe('What its address ends with. Made from the name if left out.'),
};

/** Body of POST /api/workflows/:id/deployments. */
export const createDeploymentSchema = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({
      kind: z.literal('chat'),
      ...creation,
      settings: chatSettingsInputSchema.default({}),
    }),
    z.strictObject({
      kind: z.literal('webhook'),
      ...creation,
      settings: webhookSettingsInputSchema.default({}),
    }),
    z.strictObject({
      kind: z.literal('schedule'),
      ...creation,
      settings: scheduleSettingsInputSchema,
    }),
  ],
  { error: `must be one of ${deploymentKinds.join(', ')}` },
);

/** What makes a deployment. */
export type CreateDeployment = z.output<typeof createDeploymentSchema>;

const change = {
  name: name.optional(),
  enabled: z.boolean().optional(),
  version: version.optional(),
  slug: slugSchema.optional(),
};

/** Body of PATCH /api/deployments/:id: what is left out stays. */
export const updateDeploymentSchema = z.strictObject({
  ...change,
  settings: z
    .union([chatSettingsInputSchema, webhookSettingsInputSchema, scheduleChangeSchema])
    .optional()
    .describe('The settings of the kind that the deployment has.'),
});

/** What is changed of a deployment. */
export type UpdateDeployment = z.output<typeof updateDeploymentSchema>;

/** As `updateDeploymentSchema`, before it is known of which kind the deployment is. */
export const updateAnyDeploymentSchema = z.strictObject({
  ...change,
  settings: z.record(z.string(), z.unknown()).optional(),
});

/** What is changed of a deployment of any kind. */
export type UpdateAnyDeployment = z.output<typeof updateAnyDeploymentSchema>;

const secretEnds = z.array(z.string()).describe('The last four characters of each secret.');

const common = {
  id: z.string(),
  workflowId: z.string(),
  name: z.string(),
  enabled: z.boolean(),
  version,
  slug: z.string(),
  health: z.object({
    state: z.enum(['live', 'paused', 'error']),
    detail: z.string().optional().describe('What is wrong, and how to fix it.'),
    lastActivityAt: z.iso
      .datetime()
      .optional()
      .describe(
        'When the last message came or went, the last delivery came, or the schedule was due last.',
      ),
  }),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
};

/** A chat page. */
export const chatDeploymentSchema = z
  .object({
    ...common,
    kind: z.literal('chat'),
    url: z.string().describe('The address of its page.'),
    settings: chatSettingsSchema.extend({ secrets: secretEnds }),
    modelTokensToday: z
      .int()
      .describe('Tokens that its conversations have used of the model today (UTC).'),
  })
  .meta({ id: 'ChatDeployment' });

/** A chat page. Times are ISO 8601. */
export type ChatDeployment = z.output<typeof chatDeploymentSchema>;

/** An address that other services send to. */
export const webhookDeploymentSchema = z
  .object({
    ...common,
    kind: z.literal('webhook'),
    url: z.string().describe('The address that services send to.'),
    settings: webhookSettingsSchema.extend({
      auth: webhookSettingsSchema.shape.auth.and(z.object({ secrets: secretEnds })),
    }),
  })
  .meta({ id: 'WebhookDeployment' });

/** An address that other services send to. Times are ISO 8601. */
export type WebhookDeployment = z.output<typeof webhookDeploymentSchema>;

/** Times at which a flow runs by itself. */
export const scheduleDeploymentSchema = z
  .object({
    ...common,
    kind: z.literal('schedule'),
    url: z.string().describe('The address of its page in the studio.'),
    settings: scheduleSettingsSchema,
    pausedBecause: z
      .enum(schedulePauses)
      .nullable()
      .describe(
        'Why it was paused automatically: `owner_gone`: whoever set it up has left the workspace; `failing`: ten runs in a row have failed.',
      ),
  })
  .meta({ id: 'ScheduleDeployment' });

/** Times at which a flow runs by itself. Times are ISO 8601. */
export type ScheduleDeployment = z.output<typeof scheduleDeploymentSchema>;

/** A place where a published flow meets the world. */
export const deploymentSchema = z
  .discriminatedUnion('kind', [
    chatDeploymentSchema,
    webhookDeploymentSchema,
    scheduleDeploymentSchema,
  ])
  .meta({ id: 'Deployment' });

/** A place where a published flow meets the world. Times are ISO 8601. */
export type Deployment = z.output<typeof deploymentSchema>;

/** Answer of GET /api/workflows/:id/deployments. */
export const deploymentPageSchema = pageOf(deploymentSchema);
