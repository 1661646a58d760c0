import type { DataInputOf, Json } from '@crmflow/contracts';

type Http = DataInputOf<'http'>;

/** A command for curl as the data of a node, and what of it a node cannot do. */
export type Imported = {
  data: Pick<Http, 'method' | 'url' | 'headers' | 'query' | 'auth'> & { body?: Json };
  /** It held a password or a key. They are not taken over: a flow only names stored keys. */
  hadKey: boolean;
  /** Options that were left out. */
  leftOut: string[];
};

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'] as const;

/** Options that say something else than what is sent, and are of no use here. */
const idle = new Set(
  '-s -S -L -k -i -v -g -N -f --silent --show-error --location --insecure --include --verbose --globoff --no-buffer --fail --compressed --http1.1 --http2'.split(
    ' ',
  ),
);
/** As those, with a value. */
const idleWithValue = new Set(
  '-o -m -x -w --output --max-time --connect-timeout --retry --proxy --write-out'.split(' '),
);
/** Short and long names of what is read. */
const longNames: { [short: string]: string } = {
  ...{ '-X': '--request', '-H': '--header', '-d': '--data', '-u': '--user', '-G': '--get' },
  ...{ '-I': '--head', '-A': '--user-agent', '-e': '--referer', '-b': '--cookie', '-F': '--form' },
};
const withValue = new Set(
  '--request --header --data --data-raw --data-ascii --data-binary --data-urlencode --json --user --url --user-agent --referer --cookie --form'.split(
    ' ',
  ),
);

/** What a name of a header or of a query parameter says of a key. */
const keyName =
  /^(?:authorization|proxy-authorization|cookie|(?:x-)?(?:api|auth|access)[-_]?(?:key|token)|token|key|secret)$/i;

const escapes: { [letter: string]: string } = { n: '\n', r: '\r', t: '\t' };

/** The words of a command line as a shell reads them. */
export function shellWords(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  const pattern =
    /\\\r?\n|\s+|'([^']*)'|\$'((?:[^'\\]|\\[\s\S])*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])|([^\s'"\\$]+|\$)/g;
  for (const [whole, single, ansi, double, escaped, plain] of text.matchAll(pattern)) {
    const piece =
      single ??
      ansi?.replace(/\\([\s\S])/g, (_, one: string) => escapes[one] ?? one) ??
      double?.replace(/\\(["\\$`])|\\\r?\n/g, '$1') ??
      escaped ??
      plain;
    if (piece !== undefined) word = (word ?? '') + piece;
    else if (word !== undefined && !whole.startsWith('\\')) {
      words.push(word);
      word = undefined;
    }
  }
  if (word !== undefined) words.push(word);
  return words;
}

/** Options with their values, and what is none. */
function optionsOf(words: readonly string[]): { name: string; value: string }[] {
  const options: { name: string; value: string }[] = [];
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (!word.startsWith('-') || word === '-') {
      options.push({ name: '--url', value: word });
      continue;
    }
    const isLong = word.startsWith('--');
    const short = word.slice(0, 2);
    const [start = word, ...values] = isLong ? word.split('=') : [short];
    const name = longNames[start] ?? start;
    const takes = withValue.has(name) || idleWithValue.has(name);
    const glued = isLong ? values.join('=') : word.slice(2);
    if (takes) options.push({ name, value: glued === '' ? (rest.shift() ?? '') : glued });
    else {
      options.push({ name, value: '' });
      // Several short ones in one word: -sSL.
      if (!isLong && glued !== '') rest.unshift(`-${glued}`);
    }
  }
  return options;
}

const asJson = (text: string): Json | undefined => {
  try {
    const value = JSON.parse(text) as Json;
    return typeof value === 'object' ? value : undefined;
  } catch {
    return undefined;
  }
};

/** A body as a node holds it: JSON as such, fields of a form as an object, else the text. */
function bodyOf(parts: readonly string[], type: string): Json {
  const text = parts.join('&');
  const json = /json/i.test(type) || type === '' ? asJson(text) : undefined;
  if (json !== undefined) return json;
  const isForm = type === '' || /x-www-form-urlencoded/i.test(type);
  const fields = [...new URLSearchParams(text)];
  const isPlain =
    isForm && text.includes('=') && new Set(fields.map(([name]) => name)).size === fields.length;
  return isPlain ? Object.fromEntries(fields) : text;
}

/**
 * Reads a command for curl.
 * @returns undefined where it is none, or has no address
 */
export function readCurl(text: string): Imported | undefined {
  const [program, ...words] = shellWords(text.trim());
  if (program === undefined || !/^(?:.*\/)?curl$/.test(program)) return undefined;
  const headers = new Map<string, string>();
  const parts: string[] = [];
  const leftOut = new Set<string>();
  const said: { method?: string; url?: string; isGet?: boolean; isJson?: boolean } = {};
  let auth: Http['auth'];
  let hadKey = false;
  const addHeader = (name: string, value: string) => {
    if (!keyName.test(name)) return void headers.set(name, value);
    hadKey = true;
    const isBearer = /^authorization$/i.test(name) && /^bearer /i.test(value);
    if (isBearer) auth = { in: 'bearer', secret: '' };
    else if (!/cookie|^authorization$/i.test(name)) auth = { in: 'header', name, secret: '' };
    else leftOut.add(name);
  };
  const read: { [name: string]: (value: string) => void } = {
    '--request': (value) => (said.method = value.toUpperCase()),
    '--url'(value) {
      // The value of an option that is not known stands alone too.
      const isBetter = /:\/\//.test(value) && !/:\/\//.test(said.url ?? '');
      if (said.url === undefined || isBetter) said.url = value;
    },
    '--get': () => (said.isGet = true),
    '--head': () => (said.method = 'HEAD'),
    '--user-agent': (value) => addHeader('User-Agent', value),
    '--referer': (value) => addHeader('Referer', value),
    '--cookie': (value) => addHeader('Cookie', value),
    '--header'(value) {
      const at = value.indexOf(':');
      if (at > 0) addHeader(value.slice(0, at).trim(), value.slice(at + 1).trim());
    },
    '--data-urlencode'(value) {
      const at = value.indexOf('=');
      const name = at < 0 ? '' : value.slice(0, at + 1);
      parts.push(name + encodeURIComponent(value.slice(at + 1)));
    },
    '--json'(value) {
      said.isJson = true;
      parts.push(value);
    },
    '--user'() {
      hadKey = true;
      leftOut.add('-u');
    },
  };
  const isData = /^--data(?:-raw|-ascii|-binary)?$/;
  for (const { name, value } of optionsOf(words)) {
    const isFile = isData.test(name) && name !== '--data-raw' && value.startsWith('@');
    if (isData.test(name) && !isFile) parts.push(value);
    else if (read[name] && !isFile) read[name](value);
    else if (!idle.has(name) && !idleWithValue.has(name)) leftOut.add(name);
  }
  if (said.url === undefined) return undefined;
  const [whole = '', search = ''] = said.url.split('#')[0]?.split(/\?(.*)/s) ?? [];
  const address = whole.replace(/^(https?:\/\/)[^/@]*@/i, '$1');
  if (address !== whole) hadKey = true;
  const asked = [search, ...(said.isGet ? parts : [])].filter(Boolean).join('&');
  const query: { [name: string]: string } = {};
  for (const [name, value] of new URLSearchParams(asked)) {
    if (keyName.test(name)) {
      hadKey = true;
      auth ??= { in: 'query', name, secret: '' };
    } else query[name] = value;
  }
  const type = [...headers].find(([name]) => /^content-type$/i.test(name))?.[1] ?? '';
  const hasBody = parts.length > 0 && !said.isGet;
  const body = hasBody ? bodyOf(parts, said.isJson ? 'application/json' : type) : undefined;
  const isFields =
    typeof body === 'object' &&
    parts.join('&').includes('=') &&
    asJson(parts.join('&')) === undefined;
  if (isFields && type === '') headers.set('Content-Type', 'application/x-www-form-urlencoded');
  const wished = said.method ?? (hasBody ? 'POST' : 'GET');
  const method = methods.find((one) => one === wished);
  if (!method) leftOut.add(`-X ${wished}`);
  return {
    data: {
      method: method ?? 'POST',
      url: /^https?:\/\//i.test(address) ? address : `https://${address}`,
      headers: Object.fromEntries(headers),
      query,
      ...(auth && { auth }),
      ...(body !== undefined && { body }),
    },
    hadKey,
    leftOut: [...leftOut],
  };
}
