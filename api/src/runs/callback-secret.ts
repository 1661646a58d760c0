import { createHmac, hkdfSync } from 'node:crypto';
import type { Callbacks } from '@crmflow/workflows';
import type { Config } from '../config/config.js';
import { installationUrl } from '../mail/installation-url.js';

/** What addresses are made from. */
export type CallbackConfig = Pick<Config, 'encryptionKey' | 'publicUrl' | 'host' | 'port'>;

/** Where callbacks are called, before the token. */
const path = '/hooks/waits/';

/** By which a run makes tokens: of its own, and not stored by us. */
export function secretOf(encryptionKey: string, runId: string): string {
  const key = hkdfSync('sha256', Buffer.from(encryptionKey, 'base64'), '', 'callbacks', 32);
  return createHmac('sha256', Buffer.from(key)).update(runId).digest('base64url');
}

/** How a run makes the addresses of its callback nodes. */
export const callbacksOf = (config: CallbackConfig, runId: string): Callbacks => ({
  base: `${installationUrl(config)}${path}`,
  secret: secretOf(config.encryptionKey, runId),
});
