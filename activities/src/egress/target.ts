import { isIP } from 'node:net';
import { whyRefused } from './address.js';
import type { AllowList } from './allow-list.js';
import { EgressError, shownUrl } from './egress-error.js';
import { isHttpPort, portOf } from './ports.js';

/** The host of a URL as the network knows it: an IPv6 address without its brackets. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

/** The error for a host that is an address that may not be reached. */
export function refusedAddress(url: URL, reason: string): EgressError {
  return new EgressError(
    'egress_refused',
    `${shownUrl(url)} is not allowed: ${url.hostname} is ${reason}. ` +
      `Use a public address, or ask the administrator to add ${url.hostname}:${portOf(url)} to CRMFLOW_EGRESS_ALLOW.`,
  );
}

/**
 * The error for a name that leads to no public address, or to none: the same for both, as flows
 * could otherwise find out the names of a private network.
 * @param forLog which of them it is
 */
export function refusedName(url: URL, forLog: string): EgressError {
  return new EgressError(
    'egress_refused',
    `${shownUrl(url)} is not allowed: ${url.hostname} is not the name of a public host. ` +
      `Check the spelling, or ask the administrator to add ${url.hostname}:${portOf(url)} to CRMFLOW_EGRESS_ALLOW.`,
    { retryable: false, forLog: `${url.hostname} ${forLog}` },
  );
}

/**
 * Reads where a request goes, and refuses what can be told from the URL alone. The WHATWG parser
 * brings decimal, octal, hexadecimal and short addresses into one notation before they are judged.
 * @throws EgressError `egress_refused`
 */
export function parseTarget(text: string, isAllowed: AllowList): URL {
  if (!URL.canParse(text)) {
    throw new EgressError(
      'egress_refused',
      `"${text.slice(0, 200)}" is not a complete URL. Use a URL such as https://example.com/path.`,
    );
  }
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new EgressError(
      'egress_refused',
      `The scheme ${url.protocol} is not supported. Use http: or https:.`,
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new EgressError(
      'egress_refused',
      `${shownUrl(url)} contains a user name or password. Send them in a header instead.`,
    );
  }
  if (isAllowed(url)) return url;
  if (!isHttpPort(portOf(url))) {
    throw new EgressError(
      'egress_refused',
      `${shownUrl(url)} is not allowed: port ${portOf(url)} is not an HTTP port. Use 80, 443 or a port from 1024, ` +
        `or ask the administrator to add ${url.hostname}:${portOf(url)} to CRMFLOW_EGRESS_ALLOW.`,
    );
  }
  // Whatever a resolver says of these names, they mean the machine itself (RFC 6761).
  if (/(?:^|\.)localhost\.?$/.test(hostOf(url))) throw refusedAddress(url, 'a loopback address');
  const reason = isIP(hostOf(url)) === 0 ? null : whyRefused(hostOf(url));
  if (reason !== null) throw refusedAddress(url, reason);
  return url;
}
