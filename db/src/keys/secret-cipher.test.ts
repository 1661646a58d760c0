import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createSecretCipher } from './secret-cipher.js';

const newKey = () => randomBytes(32).toString('base64');
const binding = { workspaceId: 'u', service: 'crm', hosts: ['api.example.com'] };
const secret = 'sk-äöü-0123456789';

describe('a sealed secret', () => {
  const current = newKey();
  const cipher = createSecretCipher({ current });
  const sealed = cipher.seal(secret, binding);

  it('opens for what it belongs to', () => {
    expect(cipher.open(sealed, binding)).toBe(secret);
    expect(sealed.keyVersion).toBe(cipher.keyVersion);
    expect(Buffer.from(sealed.ciphertext).includes(secret)).toBe(false);
  });

  it('looks different each time', () => {
    expect(cipher.seal(secret, binding).ciphertext).not.toEqual(sealed.ciphertext);
  });

  it.each([
    ['another workspace', { workspaceId: 'v' }],
    ['another service', { service: 'CRM' }],
    ['other hosts', { hosts: ['evil.example.com'] }],
    ['more hosts', { hosts: [...binding.hosts, 'evil.example.com'] }],
  ])('does not open for %s', (_, other) => {
    expect(cipher.open(sealed, { ...binding, ...other })).toBeNull();
  });

  it('does not open once any bit was changed, or a part is missing', () => {
    for (let at = 0; at < sealed.ciphertext.length; at += 1) {
      const ciphertext = Uint8Array.from(sealed.ciphertext);
      ciphertext[at] = (ciphertext[at] ?? 0) ^ 1;
      expect(cipher.open({ ...sealed, ciphertext }, binding)).toBeNull();
      expect(
        cipher.open({ ...sealed, ciphertext: sealed.ciphertext.slice(0, at) }, binding),
      ).toBeNull();
    }
  });

  it('does not open by another key, nor under another version', () => {
    expect(createSecretCipher({ current: newKey() }).open(sealed, binding)).toBeNull();
    const keyVersion = sealed.keyVersion + 1;
    expect(cipher.open({ ...sealed, keyVersion }, binding)).toBeNull();
  });

  it('opens by the keys of before, and is sealed by the current one', () => {
    const rotated = createSecretCipher({ current: newKey(), previous: [newKey(), current] });
    expect(rotated.open(sealed, binding)).toBe(secret);
    const again = rotated.seal(secret, binding);
    expect(again.keyVersion).toBe(rotated.keyVersion);
    expect(again.keyVersion).not.toBe(sealed.keyVersion);
    expect(cipher.open(again, binding)).toBeNull();
  });

  it('names its key the same in every process', () => {
    const first = createSecretCipher({ current: Buffer.alloc(32).toString('base64') });
    expect(first.keyVersion).toBe(createSecretCipher({ current: 'A'.repeat(43) + '=' }).keyVersion);
    expect(first.keyVersion).toBeGreaterThanOrEqual(0);
    expect(first.keyVersion).toBeLessThan(2 ** 31);
  });
});
