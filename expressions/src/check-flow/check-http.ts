import { because, type FlowIssue, type DataOf } from '@crmflow/contracts';
import { checkAuth } from './check-auth.js';
import { checkTemplate, checkTimeLimit, checkValue, issueAt, required } from './fields.js';

type Data = DataOf<'http'>;

function checkUrl(url: string): FlowIssue[] {
  const missing = required('url', url, because('url_missing'));
  if (missing.length > 0) return missing;
  const issues = checkTemplate('url', url);
  if (issues.length > 0 || /^https?:\/\/./i.test(url)) return issues;
  return [issueAt('url', because('url_invalid'))];
}

function checkHeaders(headers: Data['headers']): FlowIssue[] {
  return Object.entries(headers).flatMap(([name, value]) => {
    const field = `headers.${name}`;
    const issues = checkTemplate(field, value);
    if (issues.length > 0 || value.includes('{{') || !/[\r\n]/.test(value)) return issues;
    return [issueAt(field, because('header_line_break'))];
  });
}

function checkBody({ body, method }: Data): FlowIssue[] {
  if (body === undefined) return [];
  const isSent = body === null || (method !== 'GET' && method !== 'HEAD');
  return [
    ...checkValue('body', body),
    ...(isSent ? [] : [issueAt('body', because('body_not_sent', { method }))]),
  ];
}

/** What keeps an HTTP request from running. */
export function checkHttp(data: Data): FlowIssue[] {
  return [
    ...checkUrl(data.url),
    ...checkHeaders(data.headers),
    ...checkAuth(data),
    ...Object.entries(data.query).flatMap(([name, value]) => checkTemplate(`query.${name}`, value)),
    ...checkBody(data),
    ...checkTimeLimit('timeout', data.timeout),
  ];
}
