import { callbackSecretOf } from '@crmflow/db';
import type { Callbacks } from '@crmflow/workflows';
import type { Config } from '../config/config.js';
import { installationUrl } from '../mail/installation-url.js';

/** What addresses are made from. */
export type CallbackConfig = Pick<Config, 'encryptionKey' | 'publicUrl' | 'host' | 'port'>;

/** Where callbacks are called, before the token. */
const path = '/hooks/waits/';

/** How a run makes the addresses of its callback nodes. */
export const callbacksOf = (config: CallbackConfig, runId: string): Callbacks => ({
  base: `${installationUrl(config)}${path}`,
  secret: callbackSecretOf(config.encryptionKey, runId),
});
