import { texts } from '../texts.js';
import { ApiError } from './api-error.js';

/** Whatever was thrown, as something that can be shown. */
export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError('internal', error instanceof Error ? error.message : texts.failures.unknown);
}
