import { type ChatSettings, type ChatSettingsInput, chatSettingsSchema } from '@crmflow/contracts';

/** Settings as they are stored: what somebody has set, without defaults and secrets. */
export type StoredSettings = Omit<ChatSettingsInput, 'secrets'>;

/** How a chat is set up, by what is stored of it: defaults stand in for what nobody has set. */
export const chatSettingsOf = (stored: unknown): ChatSettings => chatSettingsSchema.parse(stored);

/** Stored settings after a change: what is not sent stays, limits one by one. */
export function mergeSettings(stored: StoredSettings, sent: StoredSettings): StoredSettings {
  const limits = { ...stored.limits, ...sent.limits };
  return { ...stored, ...sent, ...(Object.keys(limits).length > 0 && { limits }) };
}
