import { z } from 'zod';
import { parseDuration } from '../duration.js';
import { line, localeSchema, requiredLine, text } from '../fields/identifiers.js';
import { deploymentKinds } from '../kinds.js';
import { limits } from '../limits.js';
import { storedText } from '../text.js';
import { pageOf } from './list.js';

const name = requiredLine(100);
const words = (maxLength: number) => text(maxLength).transform(storedText);

const label = '[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?';
const domainPattern = new RegExp(`^(?:\\*\\.)?${label}(?:\\.${label}){0,10}(?::[1-9]\\d{0,4})?$`);

/** A site that may show a chat: `example.com`, `*.example.com`, `localhost:8080`. */
const domainSchema = z
  .string()
  .max(300, 'must not have more than 300 characters')
  // People paste the address of their site.
  .transform((value) =>
    value
      .trim()
      .toLowerCase()
      .replace(/^https?:\/\//, '')
      .replace(/\/$/, ''),
  )
  .pipe(
    z
      .string()
      .regex(
        domainPattern,
        'must be a domain, such as example.com or *.example.com, without a path',
      ),
  );

const slugSchema = z
  .string()
  .regex(
    /^[a-z0-9](?:[a-z0-9-]{1,58}[a-z0-9])$/,
    'must have 3 to 60 lower-case letters, digits and hyphens, and start and end with a letter or digit',
  );

const count = (least: number, most: number, unset: number, about: string) =>
  z
    .int()
    .min(least, `must be ${least} or more`)
    .max(most, `must be ${most} or less`)
    .default(unset)
    .describe(about);

/** What strangers may do at a chat. */
export const chatLimitsSchema = z
  .strictObject({
    conversationsPerHour: count(1, 10_000, 10, 'New conversations from one network address.'),
    messagesPer10Minutes: count(1, 10_000, 60, 'Messages of one visitor.'),
    openConversations: count(1, 100, 3, 'Conversations of one visitor that have not ended.'),
    streamsPerAddress: count(1, 10_000, 20, 'Open pages of one network address.'),
    messageBytes: count(100, limits.messageBytes, 4_000, 'Bytes of UTF-8 of one message.'),
    modelTokensPerDay: z
      .int()
      .min(1_000, 'must be 1000 or more')
      .max(limits.deploymentTokens, `must be ${limits.deploymentTokens} or less`)
      .nullable()
      .default(null)
      .describe(
        'Tokens of input and output that its conversations may use of the model in a day (UTC), whoever’s key they use. Null for no limit of its own.',
      ),
  })
  .meta({ id: 'ChatLimits' });

/** What strangers may do at a chat. */
export type ChatLimits = z.output<typeof chatLimitsSchema>;

const secretSchema = z
  .string()
  .min(32, 'must have at least 32 characters')
  .max(200, 'must not have more than 200 characters')
  .regex(/^[\x21-\x7e]+$/, 'must be printable ASCII without spaces');

/** A secret that is sent, or one that is there already and stays. */
const setSecretSchema = z.union([
  secretSchema,
  z
    .strictObject({ last4: z.string().length(4, 'must be the last four characters') })
    .describe('The last four characters of an existing secret, to keep it.'),
]);

/** A secret that is sent, or one that is there already and stays. */
export type SetSecret = z.output<typeof setSecretSchema>;

const duration = (leastMs: number, mostMs: number, error: string) =>
  z.string().refine((value) => {
    const ms = parseDuration(value);
    return ms !== null && ms >= leastMs && ms <= mostMs;
  }, error);

const burstSchema = z
  .strictObject({
    quiet: duration(
      500,
      30_000,
      'must be an ISO 8601 duration between half a second and 30 seconds, such as PT3S',
    ).describe('How long the visitor has to be silent before the flow answers.'),
    max: duration(
      500,
      120_000,
      'must be an ISO 8601 duration between half a second and two minutes, such as PT15S',
    ).describe('How long after the first message the flow answers at the latest.'),
  })
  .refine(({ quiet, max }) => (parseDuration(max) ?? 0) >= (parseDuration(quiet) ?? 0), {
    error: 'must not be shorter than `quiet`',
    path: ['max'],
  });

const chatShape = {
  title: line(100).describe('At the top of the chat. The name of the deployment if empty.'),
  welcome: words(2_000).describe('Shown before the first message.'),
  colour: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, 'must be a colour, such as #3355ff')
    .transform((value) => value.toLowerCase()),
  radius: z.int().min(0, 'must be 0 or more').max(24, 'must be 24 or less'),
  position: z.enum(['left', 'right']),
  avatarUrl: z
    .url({ protocol: /^https$/, error: 'must be an https address' })
    .max(2_000)
    .nullable(),
  locale: localeSchema.nullable().describe("The visitor's browser decides if this is null."),
  domains: z
    .array(domainSchema)
    .max(50, 'must not be more than 50')
    .transform((domains) => [...new Set(domains)])
    .describe('Sites that may show the chat. If this is empty, only its own page does.'),
  identity: z
    .enum(['optional', 'required'])
    .describe('Whether only visitors that your site has signed in can chat.'),
  onReturn: z
    .enum(['resume', 'ask', 'new'])
    .describe('What returning visitors see: their conversation, a choice, or a new conversation.'),
  consent: z
    .strictObject({
      text: words(2_000).refine((value) => value !== '', 'is required'),
      version: line(50),
    })
    .nullable()
    .describe('What visitors agree to before their first message.'),
  burst: burstSchema
    .nullable()
    .describe(
      'When several messages count as one reply. If this is null, each message is a reply of its own.',
    ),
  proofOfWork: z
    .enum(['off', 'auto', 'always'])
    .describe(
      'Whether browsers have to compute for about a second before they become a visitor or begin a conversation: never, when many do so within ten minutes, or always.',
    ),
  fallbackText: words(2_000).describe(
    'What customers read once `limits.modelTokensPerDay` is used up, instead of an answer of the model. If this is empty, they read nothing.',
  ),
};

/** How a chat is set up; what is left out of a stored one has these defaults. */
export const chatSettingsSchema = z
  .strictObject({
    title: chatShape.title.default(''),
    welcome: chatShape.welcome.default(''),
    colour: chatShape.colour.default('#4f46e5'),
    radius: chatShape.radius.default(12),
    position: chatShape.position.default('right'),
    avatarUrl: chatShape.avatarUrl.default(null),
    locale: chatShape.locale.default(null),
    domains: chatShape.domains.default([]),
    identity: chatShape.identity.default('optional'),
    onReturn: chatShape.onReturn.default('resume'),
    consent: chatShape.consent.default(null),
    burst: chatShape.burst.default(null),
    proofOfWork: chatShape.proofOfWork.default('auto'),
    fallbackText: chatShape.fallbackText.default(''),
    limits: chatLimitsSchema.prefault({}),
  })
  .meta({ id: 'ChatSettings' });

/** How a chat is set up, without its secrets. */
export type ChatSettings = z.output<typeof chatSettingsSchema>;

const secrets = z
  .array(setSecretSchema)
  .max(2, 'must not be more than 2')
  .describe(
    'Secrets with which your site signs who its visitors are, newest first. There can be two, so that one can be replaced. Stored encrypted, and never returned.',
  );

const most = chatLimitsSchema.shape;

/** Settings as they are sent: what is left out stays as it is, or has its default. */
export const chatSettingsInputSchema = z
  .strictObject({
    ...chatShape,
    limits: z
      .strictObject({
        conversationsPerHour: most.conversationsPerHour.unwrap(),
        messagesPer10Minutes: most.messagesPer10Minutes.unwrap(),
        openConversations: most.openConversations.unwrap(),
        streamsPerAddress: most.streamsPerAddress.unwrap(),
        messageBytes: most.messageBytes.unwrap(),
        modelTokensPerDay: most.modelTokensPerDay.unwrap(),
      })
      .partial(),
    secrets,
  })
  .partial();

/** Settings as they are sent. */
export type ChatSettingsInput = z.output<typeof chatSettingsInputSchema>;

const version = z
  .union([z.literal('latest'), z.int32().min(1)])
  .describe('The version for new conversations: a number, or the newest.');

/** Body of POST /api/workflows/:id/deployments. */
export const createDeploymentSchema = z.strictObject({
  kind: z.enum(deploymentKinds),
  name: name.optional().describe('The name of the flow if left out.'),
  enabled: z.boolean().default(true),
  version: version.default('latest'),
  slug: slugSchema
    .optional()
    .describe('What its address ends with. Made from the name if left out.'),
  settings: chatSettingsInputSchema.default({}),
});

/** What makes a deployment. */
export type CreateDeployment = z.output<typeof createDeploymentSchema>;

/** Body of PATCH /api/deployments/:id: what is left out stays. */
export const updateDeploymentSchema = z.strictObject({
  name: name.optional(),
  enabled: z.boolean().optional(),
  version: version.optional(),
  slug: slugSchema.optional(),
  settings: chatSettingsInputSchema.optional(),
});

/** What is changed of a deployment. */
export type UpdateDeployment = z.output<typeof updateDeploymentSchema>;

/** A place where a published flow meets the world. */
export const deploymentSchema = z
  .object({
    id: z.string(),
    workflowId: z.string(),
    kind: z.enum(deploymentKinds),
    name: z.string(),
    enabled: z.boolean(),
    version,
    slug: z.string(),
    url: z.string().describe('The address of its page.'),
    settings: chatSettingsSchema.extend({
      secrets: z.array(z.string()).describe('The last four characters of each secret.'),
    }),
    health: z.object({
      state: z.enum(['live', 'paused', 'error']),
      detail: z.string().optional().describe('What is wrong, and how to fix it.'),
      lastActivityAt: z.iso.datetime().optional().describe('When the last message came or went.'),
    }),
    modelTokensToday: z
      .int()
      .describe('Tokens that its conversations have used of the model today (UTC).'),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Deployment' });

/** A place where a published flow meets the world. Times are ISO 8601. */
export type Deployment = z.output<typeof deploymentSchema>;

/** Answer of GET /api/workflows/:id/deployments. */
export const deploymentPageSchema = pageOf(deploymentSchema);
