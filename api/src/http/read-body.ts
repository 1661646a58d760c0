import { promisify } from 'node:util';
import express, { type Request, type Response } from 'express';
import { AppError } from '../errors/app-error.js';
import { requireStorable } from './storable-body.js';

const types = ['application/json', 'application/*+json'];

/** Whether a request says that it has a body. */
export const hasBody = ({ headers }: Pick<Request, 'headers'>): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** Reads the body of a request; see `createReadBody`. */
export type ReadBody = (request: Request, response: Response) => Promise<unknown>;

/**
 * Reads the bytes of a body of up to so many, whatever they are; none where a request has no body.
 *
 * The function that it makes throws AppError `request_timeout`, and errors of the body parser for a body
 * that is too large.
 */
export function createReadRaw({ bytes, ms }: { bytes: number; ms: number }) {
  const read = promisify<Request, Response>(
    express.raw({ limit: bytes, type: () => true, inflate: false }),
  );
  return async (request: Request, response: Response): Promise<Uint8Array> => {
    if (!hasBody(request)) return new Uint8Array();
    await within(ms, read(request, response));
    return request.body as Buffer;
  };
}

/**
 * Reads JSON bodies of up to so many bytes; `{}` where a request has none.
 *
 * The function that it makes throws AppError `unsupported_media_type`, `request_timeout` for a body
 * that takes longer than `ms`, or `invalid` for what cannot be stored; and errors of the body parser
 * (see `unreadableRequest`) for a body that is not JSON or too large.
 */
export function createReadBody({ bytes, ms }: { bytes: number; ms: number }): ReadBody {
  const parse = promisify<Request, Response>(express.json({ limit: bytes, type: types }));

  return async (request, response) => {
    if (!hasBody(request)) return {};
    if (request.is(types) === false) {
      const type = request.get('content-type') ?? 'none';
      const detail = `The body must be JSON. Send Content-Type: application/json instead of ${type.slice(0, 100)}.`;
      throw new AppError('unsupported_media_type', detail);
    }
    await within(ms, parse(request, response));
    const body: unknown = request.body;
    requireStorable(body);
    return body;
  };
}

async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const detail = `The body did not arrive within ${ms / 1000} s. Send the request again.`;
    timer = setTimeout(() => reject(new AppError('request_timeout', detail)), ms);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
