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
