import { z } from 'zod';
import { parseDuration } from '../duration.js';
import { jsonBytes, type JsonObject, jsonValueSchema } from '../json.js';
import { signedTemplate, webhookAuthKinds, webhookResponds } from '../kinds.js';
import { limits } from '../limits.js';
import { keepSecretSchema, type SetSecret } from './kept-secret.js';

const headerName = z
  .string()
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/, 'must be an HTTP header name')
  .transform((name) => name.toLowerCase());

/** Of other parties, which choose their length: shorter ones could be guessed. */
const secretSchema = z
  .string()
  .min(8, 'must have at least 8 characters')
  .max(200, 'must not have more than 200 characters')
  .regex(/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/, 'must be printable ASCII');

/** Whether a secret is one of Standard Webhooks: base64 of 16 to 128 bytes, after `whsec_` or not. */
function isStandardSecret(secret: string): boolean {
  const [, letters = ''] = /^(?:whsec_)?([A-Za-z0-9+/]+)={0,2}$/.exec(secret) ?? [];
  const bytes = Math.floor((letters.length * 3) / 4);
  return letters.length % 4 !== 1 && bytes >= 16 && bytes <= 128;
}

const secretsOf = (schema: z.ZodType<string>) =>
  z
    .array(z.union([schema, keepSecretSchema]))
    .max(2, 'must not be more than 2')
    .describe(
      'Newest first. There can be two, so that one can be replaced. Stored encrypted, and never returned.',
    )
    .optional();

const secrets = secretsOf(secretSchema);
const standardSecrets = secretsOf(
  secretSchema.refine(isStandardSecret, 'must be whsec_ and then base64 of 16 to 128 bytes'),
);

const mostTolerance = 86_400;

const tolerance = z
  .union([
    z.int('must be whole seconds, or an ISO 8601 duration such as PT5M'),
    z.string().transform((text) => Math.round((parseDuration(text) ?? 0) / 1000)),
  ])
  .pipe(
    z
      .int()
      .min(1, 'must be from 1 second to a day')
      .max(mostTolerance, 'must be from 1 second to a day'),
  )
  .describe('Seconds that the clock of the sender may differ, also as an ISO 8601 duration.');
const withDefault = tolerance.default(300);

/** What each kind of authentication asks for. */
const authShapes = {
  none: {},
  token: {
    header: headerName
      .default('authorization')
      .describe('Which header carries the token. In Authorization it follows `Bearer`.'),
  },
  basic: {
    username: z
      .string()
      .max(100)
      .regex(/^[^:]*$/, 'must not contain a colon')
      .optional()
      .describe('The secret is the password. Without it, the secret is `name:password`.'),
  },
  standard: { tolerance: withDefault },
  github: {},
  stripe: { tolerance: withDefault },
  slack: { tolerance: withDefault },
  hmac: {
    header: headerName.describe('Which header carries the signature.'),
    algorithm: z.enum(['sha256', 'sha512', 'sha1']).default('sha256'),
    encoding: z.enum(['hex', 'base64']).default('hex'),
    timestampHeader: headerName
      .optional()
      .describe('Which header carries the time, in seconds or milliseconds since 1970.'),
    signed: z
      .string()
      .max(200)
      .optional()
      .describe(
        'What is signed, with `{timestamp}` and `{body}` in it. `{timestamp}.{body}` if there is a `timestampHeader`, else `{body}`.',
      ),
    idHeader: headerName
      .optional()
      .describe('Which header tells deliveries apart, such as `x-shopify-webhook-id`.'),
    tolerance: withDefault,
  },
} as const;

type Hmac = Parameters<typeof signedTemplate>[0];

function isSound(auth: Hmac): boolean {
  const template = signedTemplate(auth);
  const times = (part: string) => template.split(part).length - 1;
  const stamped = auth.timestampHeader === undefined ? 0 : 1;
  return times('{body}') === 1 && times('{timestamp}') === stamped;
}

const unsound = {
  error:
    'must contain {body} once, and {timestamp} once if there is a `timestampHeader`, else not at all',
  path: ['signed'],
};

const kindError = { error: `must be one of ${webhookAuthKinds.join(', ')}` };
const { none, token, basic, standard, github, stripe, slack, hmac } = authShapes;

const authSchema = z.discriminatedUnion(
  'kind',
  [
    z.object({ kind: z.literal('none'), ...none }),
    z.object({ kind: z.literal('token'), ...token }),
    z.object({ kind: z.literal('basic'), ...basic }),
    z.object({ kind: z.literal('standard'), ...standard }),
    z.object({ kind: z.literal('github'), ...github }),
    z.object({ kind: z.literal('stripe'), ...stripe }),
    z.object({ kind: z.literal('slack'), ...slack }),
    z.object({ kind: z.literal('hmac'), ...hmac }),
  ],
  kindError,
);

/** How a webhook knows who sends to it, without its secrets. */
export type WebhookAuth = z.output<typeof authSchema>;

const authInputSchema = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('none'), secrets: z.array(z.never()).max(0).optional() }),
    z.strictObject({ kind: z.literal('token'), ...token, secrets }),
    z.strictObject({ kind: z.literal('basic'), ...basic, secrets }),
    z.strictObject({ kind: z.literal('standard'), ...standard, secrets: standardSecrets }),
    z.strictObject({ kind: z.literal('github'), ...github, secrets }),
    z.strictObject({ kind: z.literal('stripe'), ...stripe, secrets }),
    z.strictObject({ kind: z.literal('slack'), ...slack, secrets }),
    z.strictObject({ kind: z.literal('hmac'), ...hmac, secrets }).refine(isSound, unsound),
  ],
  kindError,
);

/** How a webhook knows who sends to it, as it is sent. */
export type WebhookAuthInput = WebhookAuth & { secrets?: SetSecret[] | undefined };

const shape = {
  respond: z
    .enum(webhookResponds)
    .describe(
      'What senders get: `accepted` at once, `finished` when the run has ended, or `node`: what a respond node of the flow says.',
    ),
  idempotency: z
    .string()
    .max(3_900, 'must not have more than 3,900 characters')
    .transform((text) => text.trim() || null)
    .nullable()
    .describe(
      'CEL over `body`, such as `body.id`: deliveries with the same value are one. Asked where neither a header nor the service says which delivery it is.',
    ),
  schema: z
    .record(z.string(), jsonValueSchema)
    .refine(
      (schema) => jsonBytes(schema as JsonObject) <= limits.answerSchemaBytes,
      `must not be larger than ${limits.answerSchemaBytes / 1000} kB`,
    )
    .nullable()
    .describe('JSON Schema of the body. What does not match is refused with 422.'),
  headers: z
    .array(headerName)
    .max(20, 'must not be more than 20')
    .transform((names) => [...new Set(names)])
    .describe('Headers that the flow sees as `input.headers`, besides the usual ones.'),
};

/** How a webhook is set up; what is left out of a stored one has these defaults. */
export const webhookSettingsSchema = z
  .object({
    auth: authSchema.default({ kind: 'none' }),
    respond: shape.respond.default('accepted'),
    idempotency: shape.idempotency.default(null),
    schema: shape.schema.default(null),
    headers: shape.headers.default([]),
  })
  .meta({ id: 'WebhookSettings' });

/** How a webhook is set up, without its secrets. */
export type WebhookSettings = z.output<typeof webhookSettingsSchema>;

/** Settings as they are sent: what is left out stays as it is, or has its default. */
export const webhookSettingsInputSchema = z
  .strictObject({ auth: authInputSchema, ...shape })
  .partial();

/** Settings as they are sent. */
export type WebhookSettingsInput = z.output<typeof webhookSettingsInputSchema>;
