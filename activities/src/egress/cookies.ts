import { CookieJar } from 'tough-cookie';
import type { Headers } from './headers.js';

/** The cookies of one request and its redirects, kept as long as that and by the rules of RFC 6265. */
export type Cookies = {
  /** Keeps what a response sets. */
  take(setCookie: string | string[] | undefined, from: URL): void;
  /** The headers of a hop with the cookies for it after those that the author sends. */
  withOwn(headers: Headers, to: URL): Headers;
};

/** Makes an empty jar. */
export function createCookies(): Cookies {
  const jar = new CookieJar();
  return {
    take(setCookie, from) {
      for (const cookie of [setCookie ?? []].flat()) {
        jar.setCookieSync(cookie, from.href, { ignoreError: true });
      }
    },
    withOwn(headers, to) {
      const kept = jar.getCookieStringSync(to.href);
      if (kept === '') return headers;
      const own = headers['cookie'];
      return { ...headers, cookie: own === undefined ? kept : `${own}; ${kept}` };
    },
  };
}
