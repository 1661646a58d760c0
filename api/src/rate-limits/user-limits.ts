import type { Deps } from '../deps.js';
import { createProcessLimit, createRateLimit, type RateLimit } from './create-rate-limit.js';

const minute = 60;
const hour = 60 * minute;

/** How often one user may do what costs, by its name: so many times in so many seconds. */
const costly = {
  'start-run': [300, minute],
  'try-http': [60, minute],
  generate: [30, minute],
  'generate-workflow': [30, hour / 4],
  models: [30, minute],
  'store-key': [20, hour / 4],
  'change-endpoint': [60, hour / 4],
  'send-event': [60, minute],
  scrape: [60, hour / 6],
  upload: [60, hour / 6],
  entry: [60, minute],
  'change-knowledge': [120, minute],
  search: [120, minute],
  password: [10, hour / 4],
  'verify-mail': [10, hour],
  invite: [50, hour],
  'accept-invitation': [30, hour],
  'create-workspace': [30, hour],
} as const satisfies Record<string, readonly [times: number, seconds: number]>;

/** What is limited for each user. */
export type Costly = keyof typeof costly;

/** A limit for each user on something that costs; keys are user ids. */
export function createUserLimit(deps: Pick<Deps, 'pool' | 'config'>, name: Costly): RateLimit {
  const [times, seconds] = costly[name];
  return createRateLimit(deps, { name, times, seconds });
}

/**
 * A limit for each user on messages and commands to runs, over sockets and REST alike; a
 * conversation is far below it. Keys are user ids.
 */
export const createCommandLimit = (deps: Pick<Deps, 'config'>): RateLimit =>
  createProcessLimit(deps, { times: 600, seconds: 10 });
