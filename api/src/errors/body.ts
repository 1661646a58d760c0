import { AppError } from './app-error.js';

type HttpError = { type?: unknown; status?: unknown; message?: unknown; limit?: unknown };

const isHttpError = (error: unknown): error is HttpError =>
  typeof error === 'object' && error !== null && 'status' in error;

/**
 * What Express and its body parser throw about a request that cannot be read.
 * @returns undefined for every other error
 */
export function unreadableRequest(error: unknown): AppError | undefined {
  if (!isHttpError(error) || typeof error.status !== 'number') return undefined;
  const { status, type } = error;
  if (status < 400 || status > 499) return undefined;
  if (type === 'entity.parse.failed') {
    return new AppError('bad_request', 'The body is not valid JSON.', { cause: error });
  }
  if (status === 413) {
    const detail = `The body is larger than ${Number(error.limit) / 1000} kB. Send a smaller one.`;
    return new AppError('too_large', detail, { cause: error });
  }
  if (status === 415) {
    const detail = 'Send the body as JSON in UTF-8 with Content-Type: application/json.';
    return new AppError('unsupported_media_type', detail, { cause: error });
  }
  if (type === 'request.aborted') {
    return new AppError('bad_request', 'The request was aborted before the body was complete.', {
      cause: error,
    });
  }
  return new AppError('bad_request', 'The request could not be parsed.', { cause: error });
}
