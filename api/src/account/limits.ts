import type { Deps } from '../deps.js';
import { addressKey } from '../rate-limits/address-key.js';
import { createRateLimit } from '../rate-limits/create-rate-limit.js';

/** How often accounts may be tried out, by where requests come from and by which account. */
export type SignInLimits = {
  /** @throws AppError `rate_limited` */
  registering(ip: string, email: string): Promise<void>;
  /** Counts before the password is looked at. @throws AppError `rate_limited` */
  signingIn(ip: string, email: string): Promise<void>;
  /** The password was right: earlier failures of this account no longer count. */
  signedIn(email: string): Promise<void>;
};

const quarter = 15 * 60;
const hour = 60 * 60;

/** The limits on register and sign-in. */
export function createSignInLimits(deps: Pick<Deps, 'pool' | 'config'>): SignInLimits {
  const limit = (name: string, times: number, seconds: number) =>
    createRateLimit(deps, { name, times, seconds });
  const registerByAddress = limit('register-address', 30, hour);
  const registerByAccount = limit('register-account', 10, hour);
  const signInByAddress = limit('sign-in-address', 50, quarter);
  const signInByAccount = limit('sign-in-account', 10, quarter);
  return {
    async registering(ip, email) {
      await registerByAddress.consume(addressKey(ip));
      await registerByAccount.consume(email);
    },
    async signingIn(ip, email) {
      await signInByAddress.consume(addressKey(ip));
      await signInByAccount.consume(email);
    },
    signedIn: (email) => signInByAccount.reset(email),
  };
}

/** How often those who are not signed in may ask for mails and try links. */
export type MailedLinkLimits = {
  /** @throws AppError `rate_limited`, the same for an unknown address */
  asking(ip: string, email: string): Promise<void>;
  /** @throws AppError `rate_limited` */
  trying(ip: string): Promise<void>;
};

/** The limits on what is done by mail. */
export function createMailedLinkLimits(deps: Pick<Deps, 'pool' | 'config'>): MailedLinkLimits {
  const limit = (name: string, times: number) =>
    createRateLimit(deps, { name, times, seconds: hour });
  const askByAddress = limit('reset-address', 30);
  const askByAccount = limit('reset-account', 5);
  const tryByAddress = limit('link-address', 60);
  return {
    async asking(ip, email) {
      await askByAddress.consume(addressKey(ip));
      await askByAccount.consume(email);
    },
    trying: (ip) => tryByAddress.consume(addressKey(ip)),
  };
}
