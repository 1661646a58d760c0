import type { NodeOf } from '@crmflow/contracts';
import { fieldError, type Finding, required } from './fields.js';

type Data = NodeOf<'integration'>['data'];
type Auth = NonNullable<Data['auth']>;

/**
 * What leads to the host in an address that is still a template: all up to the path. URL parsers
 * drop line breaks and tabs, and take any number of slashes, in either direction.
 */
function authorityOf(url: string): string {
  return /^https?:[\\/]*([^\\/?#]*)/i.exec(url.replace(/[\t\r\n]/g, ''))?.[1] ?? '';
}

function checkHost(url: string): Finding[] {
  if (!authorityOf(url).includes('{{')) return [];
  const message =
    'must name its host in plain text, because a key goes along; a value there could lead the key anywhere';
  return [fieldError('auth_host_templated', 'url', message)];
}

function checkHeaderName(name: string, headers: Data['headers']): Finding[] {
  const field = 'auth.name';
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/.test(name)) {
    return [fieldError('header_invalid', field, `"${name}" is no HTTP header name`)];
  }
  const plain = name.toLowerCase();
  const twice = Object.keys(headers).find((one) => one.toLowerCase() === plain);
  if (twice === undefined) return [];
  const message = 'is filled by the stored key; leave it out here';
  return [fieldError('data_conflict', `headers.${twice}`, message)];
}

function checkPlace({ in: place, name }: Auth, { headers, query }: Data): Finding[] {
  switch (place) {
    case 'bearer':
      return checkHeaderName('authorization', headers);
    case 'header': {
      const missing = required('auth.name', name, 'name the header, such as X-Api-Key');
      return missing.length > 0 ? missing : checkHeaderName(name ?? '', headers);
    }
    case 'query': {
      const missing = required('auth.name', name, 'name the query parameter, such as api_key');
      if (missing.length > 0 || name === undefined || !Object.hasOwn(query, name)) return missing;
      const message = 'is filled by the stored key; leave it out here';
      return [fieldError('data_conflict', `query.${name}`, message)];
    }
  }
}

/** What keeps an integration node from sending a stored key along. */
export function checkAuth(data: Data): Finding[] {
  const { auth, url } = data;
  if (!auth) return [];
  return [
    ...required('auth.secret', auth.secret, 'name the service of a stored key'),
    ...checkPlace(auth, data),
    ...checkHost(url),
  ];
}
