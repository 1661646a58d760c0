import { z } from 'zod';
import { parseDuration } from '../duration.js';
import { line, localeSchema, text } from '../fields/identifiers.js';
import { limits } from '../limits.js';
import { storedText } from '../text.js';
import { keepSecretSchema } from './kept-secret.js';

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
  .array(z.union([secretSchema, keepSecretSchema]))
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
