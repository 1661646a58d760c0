import { type AllowList, portOf, refusalOf } from '@crmflow/contracts/egress';
import { EgressError, shownUrl } from './egress-error.js';

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
 * Reads where a request goes, and refuses what can be told from the URL alone.
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
  const refusal = refusalOf(url, isAllowed);
  if (refusal?.problem === 'port') {
    throw new EgressError(
      'egress_refused',
      `${shownUrl(url)} is not allowed: port ${portOf(url)} is not an HTTP port. Use 80, 443 or a port from 1024, ` +
        `or ask the administrator to add ${url.hostname}:${portOf(url)} to CRMFLOW_EGRESS_ALLOW.`,
    );
  }
  if (refusal) throw refusedAddress(url, refusal.why);
  return url;
}
