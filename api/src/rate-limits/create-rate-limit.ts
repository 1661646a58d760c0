import { createHash } from 'node:crypto';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { Deps } from '../deps.js';
import { AppError } from '../errors/app-error.js';

/** How often something may be done by whoever a key stands for. */
export type RateLimit = {
  /** Counts one. @throws AppError `rate_limited` where that is one too many */
  consume(key: string): Promise<void>;
  /** Forgets what was counted. */
  reset(key: string): Promise<void>;
};

const unlimited: RateLimit = { consume: async () => {}, reset: async () => {} };

/** Keys may be addresses of people: the table shall not tell them. */
const keyOf = (key: string) => createHash('sha256').update(key).digest('base64url');

function tooMany(error: unknown): never {
  if (!(error instanceof RateLimiterRes)) throw error;
  const seconds = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
  const detail = `Too many attempts. Try again in ${seconds} seconds.`;
  throw new AppError('rate_limited', detail, { retryAfterSeconds: seconds });
}

/**
 * A limit that all API processes share, as it is counted in the database.
 * @param limit.name what is limited, unique among the limits
 * @param limit.times how often within `seconds`, counted from the first
 */
export function createRateLimit(
  { pool, config }: Pick<Deps, 'pool' | 'config'>,
  limit: { name: string; times: number; seconds: number },
): RateLimit {
  if (!config.rateLimits) return unlimited;
  const limiter = new RateLimiterPostgres({
    storeClient: pool,
    storeType: 'pool',
    tableName: 'RateLimit',
    tableCreated: true,
    keyPrefix: limit.name,
    points: limit.times,
    duration: limit.seconds,
    // Whoever is far beyond it costs no query until the time is over.
    inMemoryBlockOnConsumed: limit.times + 1,
  });
  return {
    async consume(key) {
      await limiter.consume(keyOf(key)).catch(tooMany);
    },
    async reset(key) {
      await limiter.delete(keyOf(key));
    },
  };
}

/** A limit that is counted in the memory of this process: for what comes too often for a query. */
export function createProcessLimit(
  { config }: Pick<Deps, 'config'>,
  limit: { times: number; seconds: number },
): RateLimit {
  if (!config.rateLimits) return unlimited;
  const limiter = new RateLimiterMemory({ points: limit.times, duration: limit.seconds });
  return {
    async consume(key) {
      await limiter.consume(key).catch(tooMany);
    },
    async reset(key) {
      await limiter.delete(key);
    },
  };
}
