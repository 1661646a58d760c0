import type { Deps } from '../deps.js';
import { addressKey } from '../rate-limits/address-key.js';
import { createRateLimit, type RateLimit } from '../rate-limits/create-rate-limit.js';

/** Who tries something for an account without being signed in. */
export type Attempt = {
  email: string;
  ip: string;
  /** The browser, if it has signed in to the account before. */
  browser: string | null;
};

/** How often people who are not signed in may try things, by network address and by account. */
export type AccountLimits = {
  /** By address, counted before anything is read. */
  registerByAddress: RateLimit;
  signInByAddress: RateLimit;
  resetByAddress: RateLimit;
  linkByAddress: RateLimit;
  /** @throws AppError `rate_limited` */
  registering(attempt: Attempt): Promise<void>;
  /** Counts before the password is looked at. @throws AppError `rate_limited` */
  signingIn(attempt: Attempt): Promise<void>;
  /** The password was right: what failed before counts no more. */
  signedIn(attempt: Attempt): Promise<void>;
  /** @throws AppError `rate_limited`, the same for an unknown address */
  resetting(attempt: Attempt): Promise<void>;
};

const quarter = 15 * 60;
const hour = 60 * 60;

/**
 * An account is counted for each network that somebody tries it from, and for each browser that it
 * knows: nobody can lock somebody else out.
 */
const whereFrom = ({ email, ip, browser }: Attempt) =>
  browser === null ? `${email} from ${addressKey(ip)}` : `${email} in ${browser}`;

/** The limits on registering, signing in, and what is done by mail. */
export function createAccountLimits(deps: Pick<Deps, 'pool' | 'config'>): AccountLimits {
  const limit = (name: string, times: number, seconds: number) =>
    createRateLimit(deps, { name, times, seconds });
  const register = limit('register-account', 10, hour);
  const signIn = limit('sign-in-account', 10, quarter);
  const reset = limit('reset-account', 5, hour);
  // Of many networks that guess one password; browsers that the account knows pass by it.
  const signInByStrangers = limit('sign-in-strangers', 100, hour);
  return {
    registerByAddress: limit('register-address', 30, hour),
    signInByAddress: limit('sign-in-address', 50, quarter),
    resetByAddress: limit('reset-address', 30, hour),
    linkByAddress: limit('link-address', 60, hour),
    registering: (attempt) => register.consume(whereFrom(attempt)),
    async signingIn(attempt) {
      await signIn.consume(whereFrom(attempt));
      if (attempt.browser === null) await signInByStrangers.consume(attempt.email);
    },
    async signedIn(attempt) {
      await signIn.reset(whereFrom(attempt));
      if (attempt.browser === null) await signInByStrangers.reset(attempt.email);
    },
    resetting: (attempt) => reset.consume(whereFrom(attempt)),
  };
}
