import { type ErrorCode, errorCodes, type FieldError, type Json } from '@crmflow/contracts';

/** What an error may carry besides its code and words. */
export type AppErrorOptions = {
  /** The faults of an input, for `invalid` and `flow_invalid`. */
  errors?: FieldError[];
  /** Members that the problem document gets besides the standard ones, such as `currentRevision`. */
  extra?: Record<string, Json>;
  /** Seconds until another try makes sense; told as `Retry-After`. */
  retryAfterSeconds?: number;
  /** The methods that the address takes, for `method_not_allowed`. */
  allow?: string[];
  /** How to authenticate, where not by a token. */
  challenge?: 'Basic';
  /** What went wrong underneath: for the log, never for clients. */
  cause?: unknown;
};

/** An error that clients are told about: a stable code, and words that say how to fix it. */
export class AppError extends Error {
  override readonly name = 'AppError';

  constructor(
    readonly code: ErrorCode,
    readonly detail: string,
    readonly options: AppErrorOptions = {},
  ) {
    super(detail, { cause: options.cause });
  }

  /** The HTTP status that belongs to the code. */
  get status(): number {
    return errorCodes[this.code][0];
  }

  /** The faults of the input, if it is about one. */
  get errors(): FieldError[] | undefined {
    return this.options.errors;
  }
}

/** The error for an input with these faults. */
export const invalidFields = (errors: FieldError[], cause?: unknown): AppError =>
  new AppError(
    'invalid',
    'Some fields are not valid. See `errors` for each field and how to fix it.',
    { errors, cause },
  );
