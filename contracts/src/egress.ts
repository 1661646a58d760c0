import ipaddr from 'ipaddr.js';

// Which hosts calls to the outside may reach, as far as that can be told without the DNS.

/** Whether a URL leads to a host and port that the administrator lets through unchecked. */
export type AllowList = (url: URL) => boolean;

/** Azure's machine-local service answers on an address that looks public. */
const disguised = new Set(['168.63.129.16']);

const globalUnicastV6 = ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number];

const words: { [range: string]: string } = {
  private: 'a private',
  uniqueLocal: 'a private',
  loopback: 'a loopback',
  linkLocal: 'a link-local',
  carrierGradeNat: 'a carrier-grade NAT',
  multicast: 'a multicast',
  broadcast: 'the broadcast',
  unspecified: 'an unspecified',
  ipv4Mapped: 'an IPv4-mapped',
  '6to4': 'a 6to4',
  teredo: 'a Teredo',
  rfc6052: 'a NAT64',
  rfc6145: 'an IPv4-translated',
};

/** The fetch standard's bad ports from 1024, and those of databases, queues and remote control. */
const badPorts = new Set([
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669,
  6679, 6697, 10080, 1433, 1521, 2181, 2375, 3306, 3389, 5432, 5672, 5900, 6379, 7233, 9042, 9092,
  11211, 27017,
]);

/** The port that a URL leads to. */
export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

/** The host of a URL as the network knows it: an IPv6 address without its brackets. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

/** Whether HTTP may be spoken to a port: 80, 443 and those from 1024 where nothing else is known. */
function isHttpPort(port: number): boolean {
  return port === 80 || port === 443 || (port >= 1024 && !badPorts.has(port));
}

/** Whether a text is an IPv4 or IPv6 address in canonical notation. */
function isAddress(text: string): boolean {
  return ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text);
}

/**
 * Why an address may not be connected to.
 * @param address an IPv4 or IPv6 address in canonical notation
 * @returns words such as `a private address`, or null for a plain public unicast address
 */
export function whyRefused(address: string): string | null {
  if (!isAddress(address)) return 'not an address';
  if (address.includes('%')) return 'a link-local address';
  const parsed = ipaddr.parse(address);
  const range = parsed.range();
  if (range !== 'unicast') return `${words[range] ?? 'a reserved'} address`;
  if (parsed instanceof ipaddr.IPv6 && !parsed.match(globalUnicastV6)) return 'a reserved address';
  if (disguised.has(parsed.toString())) return 'an address of this machine';
  return null;
}

const entryOf = (url: URL) => `${url.hostname}:${portOf(url)}`;

/** Why a URL may not be called: its port, or what kind of address its host is. */
export type Refusal = { problem: 'port' } | { problem: 'address'; why: string };

/** Which host and port of an origin, such as `http://127.0.0.1:80`, may not be called, and why. */
export type HostRule = (origin: string) => { host: string; problem: Refusal['problem'] } | null;

/**
 * Why a host and port may not be called, as far as the URL alone tells. The WHATWG parser brings
 * decimal, octal, hexadecimal and short addresses into one notation before they are judged.
 * @param url of `http:` or `https:`
 */
export function refusalOf(url: URL, isAllowed: AllowList): Refusal | null {
  if (isAllowed(url)) return null;
  if (!isHttpPort(portOf(url))) return { problem: 'port' };
  const host = hostOf(url);
  // Whatever a resolver says of these names, they mean the machine itself (RFC 6761).
  if (/(?:^|\.)localhost\.?$/.test(host)) return { problem: 'address', why: 'a loopback address' };
  const why = isAddress(host) ? whyRefused(host) : null;
  return why === null ? null : { problem: 'address', why };
}

/**
 * Judges the origin of a URL that a flow calls, for its check.
 * @param isAllowed what the administrator lets through; without it, what the rules alone say
 * @returns the host as CRMFLOW_EGRESS_ALLOW would have it, where it may not be called
 */
export function createHostRule(isAllowed: AllowList = () => false): HostRule {
  return (origin) => {
    if (!URL.canParse(origin)) return null;
    const url = new URL(origin);
    const refusal = refusalOf(url, isAllowed);
    return refusal && { host: entryOf(url), problem: refusal.problem };
  };
}

function parseEntry(entry: string): string {
  const url = URL.canParse(`http://${entry}`) ? new URL(`http://${entry}`) : null;
  if (!url || !/:\d+$/.test(entry) || url.pathname !== '/' || url.username !== '') {
    throw new Error(
      `CRMFLOW_EGRESS_ALLOW has an invalid entry: "${entry}". Use host:port, such as intranet.example:8080`,
    );
  }
  return entryOf(url);
}

/**
 * Reads the entries of CRMFLOW_EGRESS_ALLOW.
 * @param entries each `host:port`; an IPv6 host in brackets
 * @throws Error where an entry is not a host and a port
 */
export function createAllowList(entries: readonly string[]): AllowList {
  const allowed = new Set(entries.map(parseEntry));
  return (url) => allowed.has(entryOf(url));
}
