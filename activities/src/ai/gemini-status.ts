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
