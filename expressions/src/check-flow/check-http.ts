import { because, type FlowIssue, type DataOf } from '@crmflow/contracts';
import { checkAuth } from './check-auth.js';
import { checkHost } from './check-host.js';
import type { CheckRules } from './check-node.js';
import { checkTimeLimit, issueAt, required } from './fields.js';

type Data = DataOf<'http'>;

function checkUrl(url: string): FlowIssue[] {
  const missing = required('url', url, because('url_missing'));
  if (missing.length > 0) return missing;
  if (/^https?:\/\/./i.test(url)) return [];
  return [issueAt('url', because('url_invalid'))];
}

function checkHeaders(headers: Data['headers']): FlowIssue[] {
  return Object.entries(headers).flatMap(([name, value]) => {
    if (value.includes('{{') || !/[\r\n]/.test(value)) return [];
    return [issueAt(`headers.${name}`, because('header_line_break'))];
  });
}

function checkBody({ body, method }: Data): FlowIssue[] {
  if (body === undefined) return [];
  const isSent = body === null || (method !== 'GET' && method !== 'HEAD');
  return isSent ? [] : [issueAt('body', because('body_not_sent', { method }))];
}

/** What keeps an HTTP request from running. */
export function checkHttp(data: Data, { hostRule }: CheckRules): FlowIssue[] {
  return [
    ...checkUrl(data.url),
    ...(hostRule ? checkHost(data, hostRule) : []),
    ...checkHeaders(data.headers),
    ...checkAuth(data),
    ...checkBody(data),
    ...checkTimeLimit('timeout', data.timeout),
  ];
}
