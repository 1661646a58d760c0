import { because, type FlowIssue, type DataOf } from '@crmflow/contracts';
import { issueAt, required } from './fields.js';

type Data = DataOf<'http'>;
type Auth = NonNullable<Data['auth']>;

/**
 * What leads to the host in an address that is still a template: all up to the path. URL parsers
 * drop line breaks and tabs, and take any number of slashes, in either direction.
 */
export function authorityOf(url: string): string {
  return /^https?:[\\/]*([^\\/?#]*)/i.exec(url.replace(/[\t\r\n]/g, ''))?.[1] ?? '';
}

function checkHost(url: string): FlowIssue[] {
  if (!authorityOf(url).includes('{{')) return [];
  return [issueAt('url', because('key_host_templated'))];
}

function checkHeaderName(name: string, headers: Data['headers']): FlowIssue[] {
  const field = 'auth.name';
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/.test(name)) {
    return [issueAt(field, because('header_name_invalid', { name }))];
  }
  const plain = name.toLowerCase();
  const twice = Object.keys(headers).find((one) => one.toLowerCase() === plain);
  if (twice === undefined) return [];
  return [issueAt(`headers.${twice}`, because('header_filled_by_key', { name: twice }))];
}

function checkPlace({ in: place, name }: Auth, { headers, query }: Data): FlowIssue[] {
  switch (place) {
    case 'bearer':
      return checkHeaderName('authorization', headers);
    case 'header': {
      const missing = required('auth.name', name, because('key_header_missing'));
      return missing.length > 0 ? missing : checkHeaderName(name ?? '', headers);
    }
    case 'query': {
      const missing = required('auth.name', name, because('key_parameter_missing'));
      if (missing.length > 0 || name === undefined || !Object.hasOwn(query, name)) return missing;
      return [issueAt(`query.${name}`, because('parameter_filled_by_key', { name }))];
    }
  }
}

/** What keeps an integration node from sending a stored key along. */
export function checkAuth(data: Data): FlowIssue[] {
  const { auth, url } = data;
  if (!auth) return [];
  return [
    ...required('auth.secret', auth.secret, because('key_missing')),
    ...checkPlace(auth, data),
    ...checkHost(url),
  ];
}
