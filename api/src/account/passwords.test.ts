import { hash } from '@node-rs/argon2';
import { describe, expect, it } from 'vitest';
import { createPasswords } from './passwords.js';

const passwords = createPasswords();

describe('passwords', () => {
  it('match their own hash only', async () => {
    const stored = await passwords.hash('correct horse');
    expect(stored).not.toBe(await passwords.hash('correct horse'));
    expect(await passwords.matches(stored, 'correct horse')).toBe(true);
    expect(await passwords.matches(stored, 'correct horsf')).toBe(false);
  });

  it.each([
    ['pässwort', 'pa\u0308sswort', true],
    ['pa\u0308sswort', 'pässwort', true],
    ['zwei\u00a0wörter', 'zwei wörter', true],
    ['パスワード', '\u30cf\u309a\u30b9\u30ef\u30fc\u30c8\u3099', true],
    ['pässwort', 'passwort', false],
    ['Pässwort', 'pässwort', false],
    ['ﬁschers fritz', 'fischers fritz', false],
    [' pässwort', 'pässwort', false],
  ])('that are set as %j and typed as %j: %j', async (set, typed, equal) => {
    expect(await passwords.matches(await passwords.hash(set), typed)).toBe(equal);
  });

  it('match hashes of earlier releases, which took them as they were typed', async () => {
    const decomposed = 'pa\u0308sswort';
    const stored = await hash(decomposed);
    expect(await passwords.matches(stored, decomposed)).toBe(true);
  });

  it('never match where there is no account', async () => {
    expect(await passwords.matches(null, 'the password of nobody')).toBe(false);
  });

  it('are refused rather than queued without end', async () => {
    const busy = createPasswords();
    const all = await Promise.allSettled(Array.from({ length: 230 }, () => busy.hash('p')));
    const refused = all.filter((one) => one.status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.reason).toMatchObject({ code: 'rate_limited' });
    expect(all[0]?.status).toBe('fulfilled');
  }, 60_000);
});
