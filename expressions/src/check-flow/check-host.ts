import { because, type DataOf, type FlowIssue } from '@crmflow/contracts';
import type { HostRule } from '@crmflow/contracts/egress';
import { authorityOf } from './check-auth.js';
import { issueAt } from './fields.js';

/**
 * A warning of a host that the egress guard refuses. What an expression makes of it, and where a
 * name leads, is known only when the request is sent.
 */
export function checkHost({ url }: DataOf<'http'>, ruleOf: HostRule): FlowIssue[] {
  const [scheme] = /^https?:/i.exec(url) ?? [];
  const authority = authorityOf(url);
  if (scheme === undefined || authority.includes('{{')) return [];
  const refused = ruleOf(`${scheme}//${authority}`);
  return refused ? [issueAt('url', because('host_refused', refused))] : [];
}
