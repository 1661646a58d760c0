import type { NodeOf } from '@crmflow/contracts';
import { checkAuth } from './check-auth.js';
import {
  fieldError,
  type Finding,
  notEmpty,
  required,
  templateFindings,
  valueFindings,
} from './fields.js';

type Data = NodeOf<'integration'>['data'];

function checkUrl(url: string): Finding[] {
  const missing = required('url', url, 'write the address to call, such as https://example.com/');
  if (missing.length > 0) return missing;
  const findings = templateFindings('url', url);
  if (findings.length > 0 || /^https?:\/\/./i.test(url)) return findings;
  const message = 'must begin with https:// or http://; values in it are percent-encoded';
  return [fieldError('url_invalid', 'url', message)];
}

function checkHeaders(headers: Data['headers']): Finding[] {
  return Object.entries(headers).flatMap(([name, value]) => {
    const field = `headers.${name}`;
    const findings = templateFindings(field, value);
    if (findings.length > 0 || value.includes('{{') || !/[\r\n]/.test(value)) return findings;
    return [fieldError('header_invalid', field, 'has a line break; remove it')];
  });
}

/** What keeps an integration node from running. */
export function checkIntegration(data: Data): Finding[] {
  const bodiless = data.method === 'GET' || data.method === 'HEAD';
  return [
    ...checkUrl(data.url),
    ...checkHeaders(data.headers),
    ...checkAuth(data),
    ...Object.entries(data.query).flatMap(([name, value]) =>
      templateFindings(`query.${name}`, value),
    ),
    ...(data.body === undefined ? [] : valueFindings('body', data.body)),
    ...(bodiless && data.body !== undefined && data.body !== null
      ? [
          fieldError(
            'data_conflict',
            'body',
            `is not sent with ${data.method}; leave it out or use POST`,
          ),
        ]
      : []),
    ...notEmpty('timeout', data.timeout, 'write a duration such as PT10S'),
  ];
}
