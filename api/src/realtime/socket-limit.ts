import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../errors/app-error.js';

const times = 300;
const seconds = 10;

/** Counts what a socket sends. Rejects with AppError `rate_limited` where it is too much. */
export type SocketLimit = (socketId: string) => Promise<void>;

/** How much one socket may send; a conversation is far below that. */
export function createSocketLimit({ rateLimits }: { rateLimits: boolean }): SocketLimit {
  if (!rateLimits) return async () => {};
  const limiter = new RateLimiterMemory({ points: times, duration: seconds });
  return async (socketId) => {
    try {
      await limiter.consume(socketId);
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      const detail = `A connection can send ${times} events in ${seconds} seconds. Slow down.`;
      throw new AppError('rate_limited', detail, { cause: error });
    }
  };
}
