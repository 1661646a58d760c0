import { CallError } from '@crmflow/activities/ai';
import { fieldErrors } from '@crmflow/contracts';
import { ZodError } from 'zod';
import { AppError, invalidFields } from './app-error.js';
import { unreadableRequest } from './body.js';
import { isDatabaseFull, isDatabaseUnavailable } from './database.js';
import { isTemporalUnavailable } from './temporal.js';

const retryAfterSeconds = 2;

/** Any error as clients may see it; one that nobody foresaw becomes `internal` and tells nothing. */
export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof ZodError) {
    return invalidFields(fieldErrors(error), error);
  }
  if (error instanceof CallError) {
    const { code, message, retryAfterMs } = error as CallError;
    const later = retryAfterMs !== undefined && {
      retryAfterSeconds: Math.ceil(retryAfterMs / 1000),
    };
    return new AppError(code, message, { ...later, cause: error });
  }
  if (isTemporalUnavailable(error)) {
    const detail = 'Temporal is not responding. No data was lost. Try again in a few seconds.';
    return new AppError('temporal_unavailable', detail, { retryAfterSeconds, cause: error });
  }
  if (isDatabaseFull(error)) {
    const detail =
      'The database has no disk space or memory left. No data was lost. Tell the administrator, and try again later.';
    return new AppError('database_unavailable', detail, { retryAfterSeconds: 60, cause: error });
  }
  if (isDatabaseUnavailable(error)) {
    const detail = 'The database is not responding. No data was lost. Try again in a few seconds.';
    return new AppError('database_unavailable', detail, { retryAfterSeconds, cause: error });
  }
  return (
    unreadableRequest(error) ??
    new AppError(
      'internal',
      'An unexpected error occurred. It is logged under the ID in `instance`.',
      {
        cause: error,
      },
    )
  );
}
