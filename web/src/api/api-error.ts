import type { ErrorCode, FieldError } from '@crmflow/contracts';

/** What can go wrong between the page and the API: its own codes, and two of the way there. */
export type FailureCode = ErrorCode | 'unreachable' | 'unreadable';

/** Why a request failed: a stable code, words for people, and faults by field. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly code: FailureCode,
    message: string,
    readonly errors: readonly FieldError[] = [],
    /** With `stale_revision`: the revision that the server has. */
    readonly currentRevision?: number,
  ) {
    super(message);
  }
}
