import type { Deps } from '../deps.js';
import { AppError } from '../errors/app-error.js';
import {
  createProcessLimit,
  createRateLimit,
  type RateLimit,
} from '../rate-limits/create-rate-limit.js';

/** What strangers may do at a chat, counted. Each throws AppError `over_limit`. */
export type ChatLimiter = {
  /** A new conversation from an address. @param most an hour */
  begin(key: string, most: number): Promise<void>;
  /** A new visitor from an address. */
  arrive(key: string): Promise<void>;
  /** A message of a visitor. @param most in ten minutes */
  say(visitorId: string, most: number): Promise<void>;
  /** Any other request of a visitor. */
  ask(visitorId: string): Promise<void>;
};

/** A page that is reloaded or opened on a phone makes none: only who was never there is counted. */
const arrivalsPerHour = 120;
const asksPerMinute = 240;
/** Three quick messages are one thought, fifty are none. */
const burst = { times: 5, seconds: 3 };

async function within(limit: RateLimit, key: string, what: string): Promise<void> {
  try {
    await limit.consume(key);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'rate_limited')) throw error;
    const { retryAfterSeconds = 1 } = error.options;
    throw new AppError('over_limit', `${what} Try again in ${retryAfterSeconds} seconds.`, {
      retryAfterSeconds,
    });
  }
}

/** Limits by how many are allowed, which the settings of chats say. */
function byNumber(make: (times: number) => RateLimit): (times: number) => RateLimit {
  const known = new Map<number, RateLimit>();
  return (times) => {
    const limit = known.get(times) ?? make(times);
    known.set(times, limit);
    return limit;
  };
}

/** Conversations are counted by all processes together, what comes more often by each. */
export function createChatLimiter(deps: Pick<Deps, 'pool' | 'config'>): ChatLimiter {
  const begins = byNumber((times) =>
    createRateLimit(deps, { name: `chat-begin-${times}`, times, seconds: 3_600 }),
  );
  const messages = byNumber((times) => createProcessLimit(deps, { times, seconds: 600 }));
  const arrivals = createRateLimit(deps, {
    ...{ name: 'chat-arrive', times: arrivalsPerHour, seconds: 3_600 },
  });
  const bursts = createProcessLimit(deps, burst);
  const asks = createProcessLimit(deps, { times: asksPerMinute, seconds: 60 });
  const many = 'You have sent many messages.';
  return {
    begin: (key, most) => within(begins(most), key, 'Too many conversations began here.'),
    arrive: (key) => within(arrivals, key, 'Too many visitors came from your network.'),
    async say(visitorId, most) {
      await within(bursts, visitorId, many);
      await within(messages(most), visitorId, many);
    },
    ask: (visitorId) => within(asks, visitorId, 'Too many requests.'),
  };
}
