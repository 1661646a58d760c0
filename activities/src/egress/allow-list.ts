import { portOf } from './ports.js';

/** Whether a URL leads to a host and port that the administrator lets through unchecked. */
export type AllowList = (url: URL) => boolean;

function keyOf(url: URL): string {
  return `${url.hostname}:${portOf(url)}`;
}

function parseEntry(entry: string): string {
  const url = URL.canParse(`http://${entry}`) ? new URL(`http://${entry}`) : null;
  if (!url || !/:\d+$/.test(entry) || url.pathname !== '/' || url.username !== '') {
    throw new Error(
      `CRMFLOW_EGRESS_ALLOW has an invalid entry: "${entry}". Use host:port, such as intranet.example:8080`,
    );
  }
  return keyOf(url);
}

/**
 * Reads the entries of CRMFLOW_EGRESS_ALLOW.
 * @param entries each `host:port`; an IPv6 host in brackets
 * @throws Error where an entry is no host and port
 */
export function createAllowList(entries: readonly string[]): AllowList {
  const allowed = new Set(entries.map(parseEntry));
  return (url) => allowed.has(keyOf(url));
}
