import { z } from 'zod';
import { serviceNameSchema } from '../flow/identifiers.js';
import { limits } from '../limits.js';
import { pageOf } from './list.js';

const octet = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const label = '[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?';
const lastLabel = '[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const port = '(?:[1-9]\\d{0,3}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d{2}|655[0-2]\\d|6553[0-5])';
const hostPattern = new RegExp(
  `^(?:${octet}(?:\\.${octet}){3}|(?:${label}\\.){0,10}${lastLabel})(?::${port})?$`,
);

/** A host that a key may go to: `api.example.com` on any port, or `api.example.com:8443`. */
export const keyHostSchema = z
  .string()
  .max(260, 'has more than 260 characters')
  .regex(
    hostPattern,
    'is no host: write it like api.example.com or api.example.com:8443, without scheme, path or wildcard',
  )
  .transform((host) => host.toLowerCase());

const secretSchema = z
  .string()
  .min(limits.keyMinLength, `has fewer than ${limits.keyMinLength} characters`)
  .max(limits.keyMaxLength, `has more than ${limits.keyMaxLength} characters`)
  .regex(
    /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/,
    'has a space at an end, a line break, or a character that is no printable ASCII: copy it again',
  );

/** Body of POST /api/keys. */
export const storeKeySchema = z.strictObject({
  service: serviceNameSchema,
  key: secretSchema.describe('The secret itself. It is encrypted, and never told again.'),
  hosts: z
    .array(keyHostSchema)
    .max(limits.keyHosts, `are more than ${limits.keyHosts}`)
    .transform((hosts) => [...new Set(hosts)].sort())
    .optional()
    .describe(
      'Where the key may go; a host without a port means each of its ports. Without any it goes nowhere. `gemini` goes to where Gemini is unless this says otherwise.',
    ),
});

/** A key to store. */
export type StoreKey = z.output<typeof storeKeySchema>;

/** Flows whose draft or newest version uses a key. */
const keyUsersSchema = z.object({
  count: z.int32(),
  flows: z
    .array(z.object({ id: z.string(), name: z.string() }))
    .describe(`By name; not more than ${limits.keyUsersListed} of them.`),
});

/** A stored key as its owner sees it: all but the key. */
export const keySchema = z
  .object({
    id: z.string(),
    service: z.string(),
    last4: z.string().describe('Its last four characters; fewer where it is short.'),
    hosts: z.array(z.string()),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime().describe('When the key itself was stored last.'),
    lastUsedAt: z.iso
      .datetime()
      .optional()
      .describe('When it was used last, to the minute; absent where it never was.'),
    usedBy: keyUsersSchema.describe('The flows that use it, in their drafts or newest versions.'),
  })
  .meta({ id: 'Key' });

/** A key that was just stored. */
export const storedKeySchema = keySchema
  .extend({
    warning: z
      .string()
      .optional()
      .describe('Why it could not be tried, where it was stored all the same.'),
  })
  .meta({ id: 'StoredKey' });

/** A key that was just stored. Times are ISO 8601. */
export type StoredKey = z.output<typeof storedKeySchema>;

/** A stored key as its owner sees it. Times are ISO 8601. */
export type Key = z.output<typeof keySchema>;

/** Answer of GET /api/keys. */
export const keyPageSchema = pageOf(keySchema);
