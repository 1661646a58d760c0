import { errorCodes, type Json, type Problem, type SocketError } from '@crmflow/contracts';
import { asAppError } from './as-app-error.js';

/** Where the page about an error code is, below the address of the installation. */
export const errorPage = (code: string) => `/docs/errors/${code}`;

/**
 * Any error as the problem document that HTTP answers (RFC 9457).
 * @param requestId becomes `instance`, so that an answer can be found in the log
 */
export function toProblem(error: unknown, requestId: string): Problem & Record<string, unknown> {
  const { code, detail, status, errors, options } = asAppError(error);
  const extra: Record<string, Json> = options.extra ?? {};
  return {
    type: errorPage(code),
    status,
    title: errorCodes[code][1],
    detail,
    code,
    ...(errors && { errors }),
    instance: requestId,
    ...extra,
  };
}

/** Any error as sockets acknowledge it. */
export function toSocketError(error: unknown): SocketError {
  const { code, detail, errors } = asAppError(error);
  return { code, message: detail, ...(errors && { errors }) };
}
