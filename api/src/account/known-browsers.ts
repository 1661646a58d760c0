import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Config } from '../config/config.js';
import { createCookie } from './cookies.js';

/** Browsers that have signed in to an account before: what others do does not lock them out. */
export type KnownBrowsers = {
  /** What stands for the browser that sends this Cookie header, if it is known to the account. */
  find(cookies: string | undefined, email: string): string | null;
  /** A Set-Cookie header by which the browser is known to the account from now on. */
  remember(cookies: string | undefined, email: string): string;
};

/** Known by a signed cookie, so that nothing is stored. It opens nothing. */
export function createKnownBrowsers(
  config: Pick<Config, 'publicUrl' | 'encryptionKey' | 'previousEncryptionKeys'>,
): KnownBrowsers {
  const cookie = createCookie(config, 'browser');
  const derived = hkdfSync('sha256', config.encryptionKey, '', 'browsers that signed in', 32);
  const key = Buffer.from(derived);
  const sign = (id: string, email: string) =>
    createHmac('sha256', key).update(`${id} ${email}`).digest('base64url');
  const find: KnownBrowsers['find'] = (cookies, email) => {
    const [id = '', signature = ''] = cookie.read(cookies)?.split('.') ?? [];
    const [given, right] = [signature, sign(id, email)].map((text) => Buffer.from(text));
    return given!.length === right!.length && timingSafeEqual(given!, right!) ? id : null;
  };
  return {
    find,
    remember(cookies, email) {
      const id = find(cookies, email) ?? randomBytes(16).toString('base64url');
      return cookie.set(`${id}.${sign(id, email)}`);
    },
  };
}
