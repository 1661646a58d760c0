import type { Deps } from '../deps.js';
import { addressKey } from '../rate-limits/address-key.js';
import { createRateLimit } from '../rate-limits/create-rate-limit.js';

const hour = 60 * 60;

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
