import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

function kept(file, make) {
  if (!existsSync(file)) writeFileSync(file, make(), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

/** The key that secrets are encrypted with, made at the first start. */
export function encryptionKeyOf(dataDir) {
  return kept(join(dataDir, 'encryption.key'), () => randomBytes(32).toString('base64'));
}

/** What tells this installation apart from others that share its Temporal server. */
export function installationIdOf(dataDir) {
  return kept(join(dataDir, 'installation.id'), () => randomBytes(6).toString('hex'));
}
