import {
  GoogleGenerativeAIAbortError,
  GoogleGenerativeAIError,
  GoogleGenerativeAIFetchError,
  GoogleGenerativeAIRequestInputError,
} from '@google/generative-ai';
import { AiError } from './ai-error.js';
import { errorOfStatus, type GoogleDetail } from './gemini-status.js';

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
