import { AiError } from './ai-error.js';

/** What servers say of an error: an object, or a text alone. */
export type OpenAiFault = string | { message?: string };

const maxMessage = 300;

const saidBy = (fault: OpenAiFault | undefined) =>
  (typeof fault === 'string' ? fault : fault?.message)?.slice(0, maxMessage) ?? 'no reason given';

/**
 * Sorts an error of an OpenAI-compatible server into those worth another attempt and those not.
 * @param where the server's host, for words
 */
export function errorOfOpenAi(
  status: number,
  fault: OpenAiFault | undefined,
  where: string,
  retryAfterMs?: number,
): AiError {
  const said = saidBy(fault);
  const more = { status, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  if (status === 401 || status === 403) {
    const message = `${where} rejected the key: ${said} Check the key stored for openai, or OPENAI_API_KEY.`;
    return new AiError('ai_key_invalid', message, more);
  }
  if (status === 429) {
    return new AiError('ai_rate_limited', `${where} received too many requests: ${said}`, more);
  }
  if (status >= 500 || status === 408) {
    return new AiError('ai_unavailable', `${where} is not available (${status}): ${said}`, more);
  }
  if (status >= 300 && status < 400) {
    const message = `${where} redirects to another address. Set OPENAI_BASE_URL to the final one.`;
    return new AiError('ai_bad_request', message, more);
  }
  return new AiError('ai_bad_request', `${where} rejected the request (${status}): ${said}`, more);
}
