import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultRetryForMs, nextRetry, type RetrySpent } from './retry-budget.js';

const hour = 3_600_000;

/** The pauses of a call that fails at once on every attempt. */
function pausesOf(retryForMs: number): number[] {
  const pauses: number[] = [];
  let spent: RetrySpent = { failures: 0, ms: 0 };
  for (;;) {
    const next = nextRetry(spent, { tookMs: 0 }, retryForMs, 0);
    if (!next) return pauses;
    pauses.push(next.delayMs);
    ({ spent } = next);
  }
}

describe('nextRetry', () => {
  it('waits longer after each failure, and tries a last time when the time is up', () => {
    expect(pausesOf(defaultRetryForMs)).toEqual([
      500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 28_500,
    ]);
  });

  it('asks less often where it may take hours', () => {
    const pauses = pausesOf(6 * hour);
    expect(Math.max(...pauses)).toBe(300_000);
    expect(pauses.reduce((sum, ms) => sum + ms)).toBe(6 * hour);
    expect(pauses.length).toBeLessThan(90);
  });

  it('does not retry where the node says so', () => {
    expect(pausesOf(0)).toEqual([]);
  });

  it('counts the attempts too', () => {
    const first = nextRetry({ failures: 0, ms: 0 }, { tookMs: 60_000 }, defaultRetryForMs, 0);
    expect(first).toEqual({ delayMs: 500, spent: { failures: 1, ms: 60_500 } });
    expect(nextRetry(first!.spent, { tookMs: 60_000 }, defaultRetryForMs, 0)).toBeNull();
  });

  it('waits as long as the other side asks', () => {
    const next = nextRetry(
      { failures: 0, ms: 0 },
      { tookMs: 0, retryAfterMs: 4_000 },
      defaultRetryForMs,
      0.5,
    );
    expect(next?.delayMs).toBe(4_000);
  });

  it('gives up where the other side asks for more than there is', () => {
    const failed = { tookMs: 0, retryAfterMs: hour };
    expect(nextRetry({ failures: 0, ms: 0 }, failed, defaultRetryForMs, 0)).toBeNull();
    expect(nextRetry({ failures: 0, ms: 0 }, failed, 2 * hour, 0)?.delayMs).toBe(hour);
  });

  it('never spends more than the time, but for what the last attempt takes', () => {
    const attempts = fc.array(
      fc.record({ tookMs: fc.nat(90_000), retryAfterMs: fc.option(fc.nat(90_000)) }),
      { minLength: 1, maxLength: 50 },
    );
    fc.assert(
      fc.property(
        attempts,
        fc.nat(2 * hour),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (tries, forMs, random) => {
          let spent: RetrySpent = { failures: 0, ms: 0 };
          for (const { tookMs, retryAfterMs } of tries) {
            const next = nextRetry(
              spent,
              { tookMs, retryAfterMs: retryAfterMs ?? undefined },
              forMs,
              random,
            );
            if (!next) return;
            expect(next.spent.ms).toBeLessThanOrEqual(forMs + 1);
            expect(next.spent.failures).toBe(spent.failures + 1);
            expect(next.delayMs).toBeGreaterThanOrEqual(retryAfterMs ?? 0);
            ({ spent } = next);
          }
        },
      ),
    );
  });
});
