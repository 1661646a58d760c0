import { type CheckValue, checkValueBy } from '@crmflow/activities/bodies';
import {
  englishSentence,
  type FieldError,
  type JsonObject,
  type SetSecret,
  type WebhookAuthInput,
  type WebhookSettings,
  type WebhookSettingsInput,
  webhookSettingsSchema,
} from '@crmflow/contracts';
import { compileIssue } from '@crmflow/expressions';
import { LRUCache } from 'lru-cache';

/** How a webhook is set up, by what is stored of it: defaults stand in for what nobody has set. */
export const webhookSettingsOf = (stored: unknown): WebhookSettings =>
  webhookSettingsSchema.parse(stored);

/** How `body` gets into an expression whose only names are those of flows. */
const asMacro = '[input.body].map(body, ';

/** The expression of a key as it is worked out: CEL over `body`, or `input` as a flow sees it. */
export const keyExpression = (source: string) => `${asMacro}${source}\n)[0]`;

const checks = new LRUCache<string, CheckValue>({ max: 500 });

/**
 * A schema as a check of bodies; each is compiled once.
 * @throws Error where it cannot be used
 */
export function checkOf(schema: JsonObject): CheckValue {
  const text = JSON.stringify(schema);
  const known = checks.get(text);
  if (known) return known;
  const check = checkValueBy(schema);
  checks.set(text, check);
  return check;
}

/** What was sent, apart: what is stored, and the secrets where they were sent. */
export function takeWebhook({ auth, ...settings }: WebhookSettingsInput): {
  settings: JsonObject;
  secrets?: SetSecret[] | undefined;
} {
  if (!auth) return { settings };
  const { secrets, ...rest } = auth as WebhookAuthInput;
  const none = rest.kind === 'none' ? [] : undefined;
  return { settings: { ...settings, auth: rest }, secrets: secrets ?? none };
}

/**
 * Settings as they would be sent to have these changes; what is not sent stays, also within `auth` while
 * its kind does.
 */
export function mergeWebhook(stored: JsonObject, sent: Record<string, unknown>) {
  const before = stored['auth'] as JsonObject | undefined;
  const { auth } = sent;
  if (typeof auth !== 'object' || auth === null) return { ...stored, ...sent };
  const kind = 'kind' in auth ? auth.kind : before?.['kind'];
  const kept = kind === before?.['kind'] ? before : {};
  return { ...stored, ...sent, auth: { ...kept, ...auth } };
}

function expressionFault(source: string): string | null {
  const issue = compileIssue(keyExpression(source));
  return issue && `is not a valid expression: ${englishSentence(issue)}`;
}

function schemaFault(schema: JsonObject): string | null {
  try {
    checkOf(schema);
    return null;
  } catch (error) {
    return `is not a schema that can be used: ${(error as Error).message}`;
  }
}

/**
 * What of settings no schema sees.
 * @param secrets how many there will be
 */
export function webhookFaults(stored: JsonObject, secrets: number): FieldError[] {
  const { auth, idempotency, schema } = webhookSettingsOf(stored);
  const faults: [path: string, message: string | null][] = [
    ['settings.auth.secrets', auth.kind !== 'none' && secrets === 0 ? 'is required' : null],
    ['settings.idempotency', idempotency === null ? null : expressionFault(idempotency)],
    ['settings.schema', schema === null ? null : schemaFault(schema)],
  ];
  return faults.flatMap(([path, message]) => (message === null ? [] : [{ path, message }]));
}
