import { describe, expect, it } from 'vitest';
import { judgeAttempt } from './judge-attempt.js';

const fresh = { tries: 0, isTest: false, failingSince: null };
const day = 24 * 3600 * 1000;

describe('what follows from an attempt', () => {
  it.each([200, 201, 202, 204, 299])('%i: it is delivered', (status) => {
    expect(judgeAttempt({ status, at: 0 }, fresh, 0)).toEqual({ then: 'delivered' });
  });

  it.each([null, 101, 301, 302, 308, 400, 401, 404, 429, 500, 503])('%s: again', (status) => {
    const verdict = judgeAttempt({ status, at: 1_000 }, fresh, 0);
    expect(verdict).toEqual({ then: 'again', at: new Date(6_000), aside: false });
  });

  it('410 disables the endpoint, also by a test', () => {
    const gone = { then: 'disable', because: 'gone' };
    expect(judgeAttempt({ status: 410, at: 0 }, fresh, 0)).toEqual(gone);
    expect(judgeAttempt({ status: 410, at: 0 }, { ...fresh, isTest: true }, 0)).toEqual(gone);
  });

  it('ends after a bit more than a day, and steps aside after some hours', () => {
    let at = 0;
    const asideAfter: number[] = [];
    for (let tries = 0; ; tries += 1) {
      const verdict = judgeAttempt({ status: 500, at }, { ...fresh, tries }, 0.5);
      if (verdict.then !== 'again') {
        expect(verdict).toEqual({ then: 'undelivered' });
        break;
      }
      at = verdict.at.getTime();
      if (verdict.aside) asideAfter.push(tries + 1);
    }
    expect(at / day).toBeGreaterThan(1);
    expect(at / day).toBeLessThan(1.5);
    expect(asideAfter).toEqual([5, 6, 7]);
  });

  it.each([429, 502, 503, 504])('%i: waits as long as Retry-After says, up to a day', (status) => {
    const next = (retryAfterMs: number) => {
      const verdict = judgeAttempt({ status, retryAfterMs, at: 0 }, fresh, 0);
      return verdict.then === 'again' && verdict.at.getTime();
    };
    expect(next(60_000)).toBe(60_000);
    expect(next(1_000)).toBe(5_000);
    expect(next(90 * day)).toBe(day);
  });

  it('heeds Retry-After of no other answer', () => {
    const verdict = judgeAttempt({ status: 500, retryAfterMs: 60_000, at: 0 }, fresh, 0);
    expect(verdict).toMatchObject({ at: new Date(5_000) });
  });

  it('disables an endpoint at which all fails for days', () => {
    const failingSince = new Date(0);
    const judge = (at: number) => judgeAttempt({ status: 500, at }, { ...fresh, failingSince }, 0);
    expect(judge(2.9 * day)).toMatchObject({ then: 'again' });
    expect(judge(3.1 * day)).toEqual({ then: 'disable', because: 'failing' });
  });

  it('tries a test once', () => {
    const verdict = judgeAttempt({ status: 500, at: 0 }, { ...fresh, isTest: true }, 0);
    expect(verdict).toEqual({ then: 'undelivered' });
  });
});
