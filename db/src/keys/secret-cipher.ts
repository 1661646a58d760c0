import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** What a secret belongs to: sealed with it, so that it opens nowhere else. */
export type SecretBinding = {
  workspaceId: string;
  service: string;
  /** Where it may go; bound in, so that whoever writes to the table cannot send it elsewhere. */
  hosts: readonly string[];
};

/** A secret as it is stored, and which encryption key opens it. */
export type SealedSecret = { ciphertext: Uint8Array<ArrayBuffer>; keyVersion: number };

/** Seals and opens secrets. */
export type SecretCipher = {
  /** Names the encryption key that seals. */
  keyVersion: number;
  seal(secret: string, binding: SecretBinding): SealedSecret;
  /** @returns null where no key opens it, or it belongs to something else */
  open(sealed: SealedSecret, binding: SecretBinding): string | null;
};

/** Encryption keys: 32 bytes in base64 each. */
export type EncryptionKeys = {
  current: string;
  /** Keys of before: they open what they sealed, and seal nothing. */
  previous?: readonly string[];
};

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

type Key = { bytes: Buffer; version: number };

/** Says which key it is without saying anything of the key: 31 bits of a hash. */
function versionOf(bytes: Buffer): number {
  const hash = createHash('sha256').update('crmflow encryption key').update(bytes).digest();
  return hash.readUInt32BE(0) >>> 1;
}

function keyOf(base64: string): Key {
  const bytes = Buffer.from(base64, 'base64');
  return { bytes, version: versionOf(bytes) };
}

function associatedData(
  { workspaceId, service, hosts }: SecretBinding,
  keyVersion: number,
): Buffer {
  return Buffer.from(JSON.stringify(['secret', 1, workspaceId, service, hosts, keyVersion]));
}

function openWith(key: Key, stored: Uint8Array, binding: SecretBinding): string | null {
  if (stored.length < ivBytes + tagBytes) return null;
  const decipher = createDecipheriv(algorithm, key.bytes, stored.subarray(0, ivBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(associatedData(binding, key.version));
  decipher.setAuthTag(stored.subarray(ivBytes, ivBytes + tagBytes));
  try {
    const secret = decipher.update(stored.subarray(ivBytes + tagBytes));
    return Buffer.concat([secret, decipher.final()]).toString('utf8');
  } catch {
    // GCM says no more than that it does not fit.
    return null;
  }
}

/**
 * AES-256-GCM with a random nonce of 96 bits. Stored are nonce, tag and ciphertext in this order;
 * whose secret it is, its service, its hosts and the key's version are bound in.
 */
export function createSecretCipher({ current, previous = [] }: EncryptionKeys): SecretCipher {
  const sealing = keyOf(current);
  const keys = [sealing, ...previous.map(keyOf)];
  return {
    keyVersion: sealing.version,
    seal(secret, binding) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv(algorithm, sealing.bytes, iv, { authTagLength: tagBytes });
      cipher.setAAD(associatedData(binding, sealing.version));
      const sealed = [cipher.update(secret, 'utf8'), cipher.final()];
      const ciphertext = Uint8Array.from(Buffer.concat([iv, cipher.getAuthTag(), ...sealed]));
      return { ciphertext, keyVersion: sealing.version };
    },
    open({ ciphertext, keyVersion }, binding) {
      for (const key of keys) {
        const secret = key.version === keyVersion ? openWith(key, ciphertext, binding) : null;
        if (secret !== null) return secret;
      }
      return null;
    },
  };
}
