import {
  GoogleGenerativeAIAbortError,
  GoogleGenerativeAIError,
  GoogleGenerativeAIFetchError,
  GoogleGenerativeAIRequestInputError,
} from '@google/generative-ai';
import { AiError } from './ai-error.js';

/** One of the `details` that Google's APIs put into an error. */
export type GoogleDetail = { '@type'?: string; reason?: string; retryDelay?: string };

const maxMessage = 300;

function retryAfterOf(details: readonly GoogleDetail[]): number | undefined {
  const delay = details.find((detail) => detail['@type']?.endsWith('RetryInfo'))?.retryDelay;
  const seconds = /^(\d+(?:\.\d+)?)s$/.exec(delay ?? '')?.[1];
  return seconds === undefined ? undefined : Math.ceil(Number(seconds) * 1000);
}

function isAboutTheKey(status: number, message: string, details: readonly GoogleDetail[]): boolean {
  if (status === 401 || status === 403) return true;
  if (status !== 400) return false;
  return details.some((detail) => detail.reason?.startsWith('API_KEY')) || /api key/i.test(message);
}

/**
 * Sorts an error that Gemini's API answered into those worth another attempt (429, 5xx, time-outs)
 * and those not (key, request).
 * @param status the HTTP status, or the `code` of an error inside a stream
 */
export function errorOfStatus(
  status: number,
  message: string,
  details: readonly GoogleDetail[] = [],
): AiError {
  const said = message.length > maxMessage ? `${message.slice(0, maxMessage)}…` : message;
  const retryAfterMs = retryAfterOf(details);
  const more = { status, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  if (isAboutTheKey(status, message, details)) {
    const text = `Gemini rejected the key: ${said} Check the key stored for gemini, or GEMINI_API_KEY, and its permissions.`;
    return new AiError('ai_key_invalid', text, more);
  }
  if (status === 429)
    return new AiError('ai_rate_limited', `Gemini received too many requests: ${said}`, more);
  if (status >= 500 || status === 408 || status === 499) {
    return new AiError('ai_unavailable', `Gemini is not available (${status}): ${said}`, more);
  }
  return new AiError('ai_bad_request', `Gemini rejected the request (${status}): ${said}`, more);
}

/** What Gemini itself said: the client puts its address before it and the details behind it. */
function saidBy(error: GoogleGenerativeAIFetchError): string {
  const details = error.errorDetails ? ` ${JSON.stringify(error.errorDetails)}` : '';
  const marker = `[${error.status} ${error.statusText}] `;
  const start = error.message.indexOf(marker);
  const said = start === -1 ? error.message : error.message.slice(start + marker.length);
  const text = said.endsWith(details) ? said.slice(0, said.length - details.length) : said;
  return text.trim() || error.statusText || 'no reason given';
}

/**
 * What the client of `@google/generative-ai` 0.24 threw, as an `AiError`. It has a class of its own
 * only for answers with an error status; a lost connection and a broken stream are told by the
 * beginning of the message.
 * @returns the same thing where it did not come from the client
 */
export function toAiError(error: unknown): unknown {
  if (error instanceof GoogleGenerativeAIFetchError && error.status !== undefined) {
    const details = (error.errorDetails ?? []) as GoogleDetail[];
    return errorOfStatus(error.status, saidBy(error), details);
  }
  if (error instanceof GoogleGenerativeAIAbortError) {
    return new AiError(
      'ai_unavailable',
      'The request to Gemini was cancelled before it responded.',
    );
  }
  if (error instanceof GoogleGenerativeAIRequestInputError) {
    return new AiError('ai_bad_request', `The request to Gemini is not valid: ${error.message}`);
  }
  if (!(error instanceof GoogleGenerativeAIError)) return error;
  if (error.message.includes('Error fetching from')) {
    return new AiError('ai_unavailable', 'Cannot connect to Gemini.');
  }
  return new AiError('ai_interrupted', 'The response of Gemini was interrupted.');
}
