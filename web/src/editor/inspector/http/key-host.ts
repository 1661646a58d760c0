const ports: { [protocol: string]: string } = { 'http:': '80', 'https:': '443' };

/** The host that an address leads to, `api.example.com:443`; undefined while it cannot be told. */
export function hostOf(url: string): string | undefined {
  const begin = /^https?:\/\/[^/?#\\\s{}]+/i.exec(url)?.[0];
  const isWhole = begin !== undefined && !url.slice(begin.length).startsWith('{');
  if (!isWhole || !URL.canParse(begin)) return undefined;
  const { hostname, port, protocol } = new URL(begin);
  return `${hostname}:${port || ports[protocol]}`;
}

/**
 * Whether a key may go where an address leads, by the rule of those who send it.
 * @param hosts of the key: a name means each of its ports
 */
export function isAllowedHost(hosts: readonly string[], host: string): boolean {
  return hosts.includes(host) || hosts.includes(host.slice(0, host.lastIndexOf(':')));
}
