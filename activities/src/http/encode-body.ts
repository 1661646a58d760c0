import { isJsonObject, type Json } from '@crmflow/contracts';
import { asText } from '@crmflow/expressions';
import { EgressError } from '../egress/egress-error.js';

/** A body as it goes over the wire, and its type. */
export type EncodedBody = { body: string | Uint8Array; type: string };

/** The fields of a form: a list repeats its name, an object puts its own in brackets. */
function formFields(value: Json, name = ''): [name: string, value: string][] {
  if (Array.isArray(value)) return value.flatMap((item) => formFields(item, name));
  if (typeof value !== 'object' || value === null) return [[name, asText(value)]];
  return Object.entries(value).flatMap(([key, item]) =>
    formFields(item, name === '' ? key : `${name}[${key}]`),
  );
}

const quoted = (name: string) => name.replace(/["\r\n]/g, (char) => encodeURIComponent(char));

function multipart(fields: [string, string][], type: string): EncodedBody {
  const all = fields.flat().join('\n');
  let boundary = 'crmflow-form';
  while (all.includes(boundary)) boundary += '-';
  const parts = fields.map(
    ([name, value]) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"\r\n\r\n${value}\r\n`,
  );
  const plain = type.split(';')[0]?.trim() ?? type;
  return { body: `${parts.join('')}--${boundary}--\r\n`, type: `${plain}; boundary=${boundary}` };
}

const utf8Names = /^(?:utf-?8|us-ascii)$/i;
const latinNames = /^(?:iso-?8859-1|latin-?1|windows-1252)$/i;

/** The bytes of a text in the charset that its type names. */
function inCharset(text: string, type: string): string | Uint8Array {
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(type)?.[1] ?? 'utf-8';
  if (utf8Names.test(charset) || !/[\x80-\uffff]/.test(text)) return text;
  if (latinNames.test(charset) && !/[\x80-\x9f\u0100-\uffff]/.test(text)) {
    return Buffer.from(text, 'latin1');
  }
  throw new EgressError(
    'header_invalid',
    `The body has characters that cannot be sent as ${charset.slice(0, 40)}. Use charset=utf-8 in Content-Type.`,
  );
}

/**
 * Encodes a body by its type. Without one a text is sent as plain text and anything else as JSON. A
 * text is sent as it is under every type; an object becomes a form where the type is that of a form
 * (`application/x-www-form-urlencoded`, `multipart/form-data`), and JSON under all others.
 * @param declared the Content-Type that the author of the node set
 * @throws EgressError `header_invalid` for a charset that cannot carry the body
 */
export function encodeBody(body: Json, declared: string | undefined): EncodedBody {
  if (declared === undefined) {
    if (typeof body === 'string') return { body, type: 'text/plain; charset=utf-8' };
    return { body: JSON.stringify(body), type: 'application/json' };
  }
  const essence = declared.split(';')[0]?.trim().toLowerCase() ?? '';
  const isObject = isJsonObject(body);
  if (isObject && essence === 'application/x-www-form-urlencoded') {
    return { body: new URLSearchParams(formFields(body)).toString(), type: declared };
  }
  if (isObject && essence === 'multipart/form-data') return multipart(formFields(body), declared);
  const isPlain = essence.startsWith('text/') && (typeof body !== 'object' || body === null);
  const text = typeof body === 'string' || isPlain ? asText(body) : JSON.stringify(body);
  return { body: inCharset(text, declared), type: declared };
}
