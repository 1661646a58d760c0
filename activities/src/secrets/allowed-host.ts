import { portOf } from '@crmflow/contracts/egress';

/**
 * Whether a key may go to where a URL leads: to one of its hosts by the whole name, and by the port
 * where the host names one.
 * @param hosts in lower case, `api.example.com` or `api.example.com:8443`
 */
export function isAllowedHost(hosts: readonly string[], url: URL): boolean {
  return hosts.includes(url.hostname) || hosts.includes(`${url.hostname}:${portOf(url)}`);
}
