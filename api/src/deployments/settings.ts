import {
  type ChatSettings,
  type ChatSettingsInput,
  chatSettingsInputSchema,
  chatSettingsSchema,
  type CreateDeployment,
  type DeploymentKind,
  type FieldError,
  fieldErrors,
  type Json,
  type JsonObject,
  scheduleSettingsInputSchema,
  type SetSecret,
  webhookSettingsInputSchema,
} from '@crmflow/contracts';
import type { z } from 'zod';
import { invalidFields } from '../errors/app-error.js';
import { mergeSchedule, scheduleFaults } from './schedule-settings.js';
import { mergeWebhook, takeWebhook, webhookFaults } from './webhook-settings.js';

/** Settings as they are stored: what somebody has set, without defaults and secrets. */
export type StoredSettings = JsonObject;

/** What was sent, apart: what is stored with the deployment, and the secrets where they were sent. */
export type TakenSettings = { settings: StoredSettings; secrets?: SetSecret[] | undefined };

type Sent = Record<string, unknown>;

/** How a chat is set up, by what is stored of it: defaults stand in for what nobody has set. */
export const chatSettingsOf = (stored: unknown): ChatSettings => chatSettingsSchema.parse(stored);

function takeChat({ secrets, ...settings }: ChatSettingsInput): TakenSettings {
  return { settings, secrets };
}

/** Stored settings after a change: what is not sent stays, limits one by one. */
export function mergeChat(stored: StoredSettings, sent: Sent): Sent {
  const limits = { ...(stored['limits'] as object), ...(sent['limits'] as object) };
  return { ...stored, ...sent, ...(Object.keys(limits).length > 0 && { limits }) };
}

function parse<T>(schema: z.ZodType<T>, sent: unknown): T {
  const result = schema.safeParse(sent);
  if (result.success) return result.data;
  const errors = fieldErrors(result.error);
  throw invalidFields(
    errors.map((one) => ({ ...one, path: one.path === '' ? 'settings' : `settings.${one.path}` })),
  );
}

type Kind = {
  /** Where its secrets are in what is sent; of a kind without any, where they would be. */
  secretsAt: string;
  change: (stored: StoredSettings, sent: Sent) => TakenSettings;
  /** @param secrets how many there will be */
  faults: (settings: StoredSettings, secrets: number) => FieldError[];
};

const kinds: Record<DeploymentKind, Kind> = {
  chat: {
    secretsAt: 'settings.secrets',
    change: (stored, sent) => takeChat(parse(chatSettingsInputSchema, mergeChat(stored, sent))),
    faults: () => [],
  },
  webhook: {
    secretsAt: 'settings.auth.secrets',
    change: (stored, sent) =>
      takeWebhook(parse(webhookSettingsInputSchema, mergeWebhook(stored, sent))),
    faults: webhookFaults,
  },
  schedule: {
    secretsAt: 'settings.secrets',
    change: (stored, sent) => ({
      settings: parse(scheduleSettingsInputSchema, mergeSchedule(stored, sent)),
    }),
    faults: scheduleFaults,
  },
};

/** Where the secrets of a kind are in what is sent: a JSON path. */
export const secretsAt = (kind: DeploymentKind) => kinds[kind].secretsAt;

/** @throws AppError `invalid` for what no schema sees */
function requireSound(kind: DeploymentKind, settings: StoredSettings, secrets: number): void {
  const faults = kinds[kind].faults(settings, secrets);
  if (faults.length > 0) throw invalidFields(faults);
}

function takeNew(sent: CreateDeployment): TakenSettings {
  switch (sent.kind) {
    case 'chat':
      return takeChat(sent.settings);
    case 'webhook':
      return takeWebhook(sent.settings);
    case 'schedule':
      return { settings: sent.settings };
  }
}

/**
 * The settings of a new deployment.
 * @throws AppError `invalid`
 */
export function settingsOfNew(sent: CreateDeployment): TakenSettings {
  const taken = takeNew(sent);
  requireSound(sent.kind, taken.settings, taken.secrets?.length ?? 0);
  return taken;
}

/**
 * The settings of a deployment after a change. Another kind of authentication has other secrets.
 * @param stored.secrets how many it has
 * @throws AppError `invalid`
 */
export function settingsAfter(
  {
    kind,
    settings,
    secrets: count,
  }: { kind: DeploymentKind; settings: StoredSettings; secrets: number },
  sent: Sent,
): TakenSettings {
  const taken = kinds[kind].change(settings, sent);
  const authOf = (of: StoredSettings) => (of['auth'] as JsonObject | undefined)?.['kind'] ?? 'none';
  const stay = authOf(settings) === authOf(taken.settings);
  requireSound(kind, taken.settings, taken.secrets?.length ?? (stay ? count : 0));
  return taken;
}

const counted = (value: unknown): number | null => (Array.isArray(value) ? value.length : null);

/** Settings that were sent, for the audit log: of secrets how many. */
export function settingsForAudit(sent: Sent): Json {
  const { secrets, auth, ...settings } = sent;
  const ofAuth = auth as Sent | undefined;
  return {
    ...(settings as JsonObject),
    ...(secrets !== undefined && { secrets: counted(secrets) }),
    ...(ofAuth && {
      auth: {
        ...(ofAuth as JsonObject),
        ...(ofAuth['secrets'] !== undefined && { secrets: counted(ofAuth['secrets']) }),
      },
    }),
  };
}
