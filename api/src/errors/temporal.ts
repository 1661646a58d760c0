import { isGrpcServiceError, ServiceError } from '@temporalio/client';

/** gRPC: cancelled, deadline exceeded, resource exhausted, aborted, internal, unavailable. */
const passing = new Set([1, 4, 8, 10, 13, 14]);

/** Whether an error of the Temporal client says that the server does not answer. */
export function isTemporalUnavailable(error: unknown): boolean {
  if (isGrpcServiceError(error)) return passing.has(error.code);
  if (error instanceof ServiceError) {
    return error.cause === undefined || isTemporalUnavailable(error.cause);
  }
  return error instanceof Error && error.name === 'TransportError';
}
