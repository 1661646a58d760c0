import type { ErrorRequestHandler, Response } from 'express';
import { asAppError } from '../errors/as-app-error.js';
import { toProblem } from '../errors/problem.js';
import type { AppError } from '../errors/app-error.js';

function setHeaders(response: Response, { status, options }: AppError): void {
  response.set('Cache-Control', 'no-store');
  if (status === 401) response.set('WWW-Authenticate', options.challenge ?? 'Bearer');
  // The rest of the body would be taken for the next request.
  if (status === 408) response.set('Connection', 'close');
  if (options.allow) response.set('Allow', options.allow.join(', '));
  if (options.retryAfterSeconds !== undefined) {
    response.set('Retry-After', String(Math.max(1, Math.ceil(options.retryAfterSeconds))));
  }
}

/** The last handler: every error becomes a problem document, and ours are logged with their cause. */
export const answerErrors: ErrorRequestHandler = (thrown, request, response, next) => {
  const error = asAppError(thrown);
  if (error.code === 'internal') request.log.error({ err: error.options.cause }, 'Internal error');
  else if (error.status >= 500) request.log.warn({ err: error.options.cause }, error.code);
  if (response.headersSent) {
    next(thrown);
    return;
  }
  setHeaders(response, error);
  const problem = toProblem(error, request.id as string);
  response.status(error.status).type('application/problem+json').send(JSON.stringify(problem));
};
