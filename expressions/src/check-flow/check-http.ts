import { because, type FlowIssue, type DataOf } from '@crmflow/contracts';
import { readTemplate } from './sources.js';
import { checkAuth } from './check-auth.js';
import { checkHost } from './check-host.js';
import type { CheckRules } from './check-node.js';
import { checkHeader, checkTimeLimit, issueAt, required } from './fields.js';

type Data = DataOf<'http'>;

function checkUrl(url: string): FlowIssue[] {
  const missing = required('url', url, because('url_missing'));
  if (missing.length > 0) return missing;
  if (/^https?:\/\/./i.test(url)) return [];
  return [issueAt('url', because('url_invalid'))];
}

function checkBody({ body, method }: Data): FlowIssue[] {
  if (body === undefined) return [];
  const isSent = body === null || (method !== 'GET' && method !== 'HEAD');
  return isSent ? [] : [issueAt('body', because('body_not_sent', { method }))];
}

/** Whether a value is put into a text between quotation marks. */
function hasValueInQuotes(template: string): boolean {
  let isQuoted = false;
  for (const part of readTemplate(template)) {
    if ('expression' in part) {
      if (isQuoted) return true;
      continue;
    }
    for (const [mark] of part.text.matchAll(/\\.|"/gs)) if (mark === '"') isQuoted = !isQuoted;
  }
  return false;
}

/** A text that is JSON with values put in: a quotation mark in one of them ends the text early. */
function checkJsonText({ body, headers }: Data): FlowIssue[] {
  if (typeof body !== 'string' || !hasValueInQuotes(body)) return [];
  const [, type = ''] =
    Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type') ?? [];
  const isJson = /\bjson\b/i.test(type) || /^\s*(?:\[|\{(?!\{))/.test(body);
  return isJson ? [issueAt('body', because('template_in_json'))] : [];
}

/** What keeps an HTTP request from running. */
export function checkHttp(data: Data, { hostRule }: CheckRules): FlowIssue[] {
  return [
    ...checkUrl(data.url),
    ...(hostRule ? checkHost(data, hostRule) : []),
    ...Object.entries(data.headers).flatMap(([name, value]) => checkHeader(name, value)),
    ...checkAuth(data),
    ...checkBody(data),
    ...checkJsonText(data),
    ...checkTimeLimit('timeout', data.timeout),
  ];
}
