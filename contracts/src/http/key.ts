import { z } from 'zod';
import { serviceNameSchema } from '../fields/identifiers.js';
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
  .max(260, 'must not have more than 260 characters')
  .regex(
    hostPattern,
    'must be a host such as api.example.com or api.example.com:8443, without scheme, path or wildcard',
  )
  .transform((host) => host.toLowerCase());

const secretSchema = z
  .string()
  .min(limits.keyMinLength, `must have at least ${limits.keyMinLength} characters`)
  .max(limits.keyMaxLength, `must not have more than ${limits.keyMaxLength} characters`)
  .regex(
    /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/,
    'must be printable ASCII without line breaks or surrounding spaces. Copy it again',
  );

/** Body of POST /api/keys. */
export const storeKeySchema = z.strictObject({
  service: serviceNameSchema,
  key: secretSchema.describe('The secret. It is stored encrypted and never returned.'),
  hosts: z
    .array(keyHostSchema)
    .max(limits.keyHosts, `must not be more than ${limits.keyHosts}`)
    .transform((hosts) => [...new Set(hosts)].sort())
    .optional()
    .describe(
      'Hosts that the key can be sent to. A host without a port allows all of its ports. Without hosts the key cannot be used; for `gemini` the default is the host of the Gemini API.',
    ),
});

/** A key to store. */
export type StoreKey = z.output<typeof storeKeySchema>;

/** Flows whose draft or newest version uses a key. */
const keyUsersSchema = z.object({
  count: z.int32(),
  flows: z
    .array(z.object({ id: z.string(), name: z.string() }))
    .describe(`Sorted by name, up to ${limits.keyUsersListed}.`),
});

/** A stored key as its owner sees it: all but the key. */
export const keySchema = z
  .object({
    id: z.string(),
    service: z.string(),
    last4: z.string().describe('The last four characters of the key; fewer if it is short.'),
    hosts: z.array(z.string()),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime().describe('When the secret was last stored.'),
    lastUsedAt: z.iso
      .datetime()
      .optional()
      .describe('When the key was last used, to the minute. Absent if never.'),
    usedBy: keyUsersSchema.describe('Flows that use the key in their draft or newest version.'),
  })
  .meta({ id: 'Key' });

/** A key that was just stored. */
export const storedKeySchema = keySchema
  .extend({
    warning: z
      .string()
      .optional()
      .describe('Why the key could not be tested, although it was stored.'),
  })
  .meta({ id: 'StoredKey' });

/** A key that was just stored. Times are ISO 8601. */
export type StoredKey = z.output<typeof storedKeySchema>;

/** A stored key as its owner sees it. Times are ISO 8601. */
export type Key = z.output<typeof keySchema>;

/** Answer of GET /api/keys. */
export const keyPageSchema = pageOf(keySchema);
