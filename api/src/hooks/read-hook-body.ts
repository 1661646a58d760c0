import { decodeText, isShallow, parseJson } from '@crmflow/activities/bodies';
import { type Json, storable } from '@crmflow/contracts';
import { AppError } from '../errors/app-error.js';

type Format = 'json' | 'form' | 'text';

/** A media type without its parameters, in lower case. */
const mediaType = (contentType: string) =>
  (contentType.split(';', 1)[0] ?? '').trim().toLowerCase();

function formatOf(contentType: string): Format | null {
  const type = mediaType(contentType);
  if (/^application\/(?:[\w.-]+\+)?json$/.test(type)) return 'json';
  if (type === 'application/x-www-form-urlencoded') return 'form';
  return /^text\/[\w.+-]+$|^application\/(?:[\w.-]+\+)?xml$/.test(type) ? 'text' : null;
}

/**
 * How a body will be read.
 * @param contentType '' where there is none
 * @throws AppError `unsupported_media_type`
 */
export function requireFormat(contentType: string, encoding: string | undefined): void {
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    throw new AppError('unsupported_media_type', 'Send the body without Content-Encoding.');
  }
  if (formatOf(contentType) !== null) return;
  const given = contentType === '' ? 'none' : contentType.slice(0, 100);
  const detail = `The body must be JSON, a form (application/x-www-form-urlencoded) or text. Its Content-Type is ${given}.`;
  throw new AppError('unsupported_media_type', detail);
}

const mostFields = 1_000;

function parseForm(text: string): Json {
  const fields = new Map<string, string | string[]>();
  for (const [name, value] of new URLSearchParams(text)) {
    const before = fields.get(name);
    fields.set(name, before === undefined ? value : [before, value].flat());
    if (fields.size > mostFields) {
      throw new AppError('bad_request', `The form has more than ${mostFields} fields.`);
    }
  }
  return Object.fromEntries(fields);
}

function parseJsonBody(text: string): Json {
  let value: Json;
  try {
    value = parseJson(text);
  } catch (error) {
    throw new AppError('bad_request', 'The body is not valid JSON.', { cause: error });
  }
  if (isShallow(value)) return value;
  throw new AppError('bad_request', 'The body is nested too deeply.');
}

/**
 * A body as a flow sees it: JSON as its value, with whole numbers beyond 2^53 as text, a form as a map,
 * text as text, nothing as null. It can be stored: without NUL characters and lone surrogates.
 * @throws AppError `bad_request`
 */
export function parseHookBody(contentType: string, bytes: Uint8Array): Json {
  if (bytes.length === 0) return null;
  const text = decodeText(contentType, bytes);
  const format = formatOf(contentType);
  if (format === 'json') return storable(parseJsonBody(text));
  return storable(format === 'form' ? parseForm(text) : text);
}
