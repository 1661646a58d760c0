import { promisify } from 'node:util';
import express, { type Request, type Response } from 'express';
import { AppError } from '../errors/app-error.js';
import { storableFaults } from './storable-body.js';

const types = ['application/json', 'application/*+json'];
const parse = promisify<Request, Response>(express.json({ limit: 1_500_000, type: types }));

const hasBody = ({ headers }: Request) =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/**
 * The JSON body of a request, `{}` where it has none.
 * @throws AppError `unsupported_media_type`, or `invalid` for what cannot be stored; errors of the
 *   body parser (see `unreadableRequest`) for a body that is no JSON or too large
 */
export async function readBody(request: Request, response: Response): Promise<unknown> {
  if (!hasBody(request)) return {};
  if (request.is(types) === false) {
    const type = request.get('content-type') ?? 'none';
    const detail = `The body must be JSON. Send Content-Type: application/json instead of ${type.slice(0, 100)}.`;
    throw new AppError('unsupported_media_type', detail);
  }
  await parse(request, response);
  const body: unknown = request.body;
  const errors = storableFaults(body);
  if (errors.length > 0)
    throw new AppError(
      'invalid',
      'Some texts contain characters that cannot be stored. See `errors` for each field.',
      { errors },
    );
  return body;
}
