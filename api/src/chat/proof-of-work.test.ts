import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { solve } from '../../../web/src/chat-page/proof.js';
import { checkProof, makeChallenge } from './proof-of-work.js';

const secret = Buffer.from('of this chat');
const now = Date.parse('2026-11-30T10:00:00Z');

const decode = (proof: string) =>
  JSON.parse(Buffer.from(proof, 'base64').toString()) as Record<string, unknown>;
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64');

async function solved(): Promise<string> {
  const proof = await solve(makeChallenge(secret, now));
  if (proof === undefined) throw new Error('No number solves the challenge.');
  return proof;
}

describe('a challenge', () => {
  it('follows the protocol of altcha', () => {
    const { algorithm, challenge, maxnumber, salt, signature } = makeChallenge(secret, now);
    expect(algorithm).toBe('SHA-256');
    expect(salt).toMatch(/^[0-9a-f]{24}\?expires=1796033100&$/);
    expect(signature).toBe(createHmac('sha256', secret).update(challenge).digest('hex'));
    const hashes = Array.from({ length: maxnumber + 1 }, (_, number) =>
      createHash('sha256').update(`${salt}${number}`).digest('hex'),
    );
    expect(hashes.filter((hash) => hash === challenge).length).toBe(1);
  });

  it('is solved by the page, and valid for five minutes', async () => {
    const proof = await solved();
    const { challenge } = decode(proof);
    const end = now + 300_000;
    expect(checkProof(proof, secret, now)).toEqual({ challenge, expiresAt: end });
    expect(checkProof(proof, secret, end)).toEqual({ challenge, expiresAt: end });
    expect(checkProof(proof, secret, end + 1)).toEqual({ fault: 'expired' });
  });

  it('is valid for one chat', async () => {
    expect(checkProof(await solved(), Buffer.from('of another'), now)).toEqual({
      fault: 'invalid',
    });
  });

  it('rejects solutions that were made up or changed', async () => {
    const solution = decode(await solved());
    const { number, salt } = solution as { number: number; salt: string };
    const later = salt.replace('1796033100', '1796039999');
    // The same text to hash, with a digit moved from the number to the time.
    const moved = { salt: `${salt.slice(0, -1)}${String(number)[0]}&`, number };
    const own = createHash('sha256').update(`${later}1`).digest('hex');
    for (const change of [
      { number: number + 1 },
      { number: -1 },
      { number: `${number}` },
      { salt: later },
      moved,
      { salt: `${salt}${number}`, number: 0 },
      { salt: later, number: 1, challenge: own },
      { signature: '0'.repeat(64) },
      { signature: '' },
      { challenge: '0'.repeat(64) },
      { algorithm: 'MD5' },
    ]) {
      expect(checkProof(encode({ ...solution, ...change }), secret, now)).toEqual({
        fault: 'invalid',
      });
    }
    for (const text of ['', 'null', '[]', '"x"', 'x', '{}', '{"a":', 'é'.repeat(10_000)]) {
      expect(checkProof(text, secret, now)).toEqual({ fault: 'invalid' });
      expect(checkProof(Buffer.from(text).toString('base64'), secret, now)).toEqual({
        fault: 'invalid',
      });
    }
  });
});
