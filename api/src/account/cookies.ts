import { createHmac } from 'node:crypto';
import type { Config } from '../config/config.js';

/** One of our cookies. */
export type OwnCookie = {
  /** Its value in a Cookie header. */
  read(header: string | undefined): string | null;
  /** A Set-Cookie header that sets it. */
  set(value: string): string;
  /** A Set-Cookie header that removes it. */
  clear(): string;
};

type Settings = Pick<Config, 'publicUrl' | 'encryptionKey' | 'previousEncryptionKeys'>;

/** Browsers keep cookies for no longer than this. */
const maxAgeSeconds = 400 * 24 * 3600;

/**
 * Over https the prefix keeps other hosts of the domain from setting the cookie. Over http browsers
 * send it to every port of a host, so that each installation has a name of its own.
 */
function nameOf(purpose: string, secure: boolean, key: string): string {
  if (secure) return `__Host-crmflow_${purpose}`;
  const installation = createHmac('sha256', key).update('cookie names').digest('hex').slice(0, 8);
  return `crmflow_${purpose}_${installation}`;
}

function valueIn(header: string, name: string): string | null {
  const pairs = header.split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) || null;
}

/**
 * A cookie that lasts for as long as browsers allow.
 * @param alsoCalled names of before, which over http are still read
 */
export function createCookie(
  { publicUrl, encryptionKey, previousEncryptionKeys }: Settings,
  purpose: 'session' | 'browser',
  alsoCalled: readonly string[] = [],
): OwnCookie {
  const secure = publicUrl?.startsWith('https:') ?? false;
  const name = nameOf(purpose, secure, encryptionKey);
  const older = previousEncryptionKeys.map((key) => nameOf(purpose, secure, key));
  const names = secure ? [name] : [name, ...older, ...alsoCalled];
  const serialize = (value: string, seconds: number) =>
    `${name}=${value}; HttpOnly; Max-Age=${seconds}; Path=/; SameSite=Lax${secure ? '; Secure' : ''}`;
  return {
    read(header = '') {
      for (const one of names) {
        const value = valueIn(header, one);
        if (value !== null) return value;
      }
      return null;
    },
    set: (value) => serialize(value, maxAgeSeconds),
    clear: () => serialize('', 0),
  };
}
