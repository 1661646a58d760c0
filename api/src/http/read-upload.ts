import type { Request, Response } from 'express';
import multer, { MulterError, type StorageEngine } from 'multer';
import { z } from 'zod';
import { AppError } from '../errors/app-error.js';

/** A file as it was sent. */
export class Upload {
  constructor(
    readonly name: string,
    readonly bytes: Buffer,
  ) {}
}

/** A file in a body of `multipart/form-data`. */
export const uploadSchema = z
  .custom<Upload>((value) => value instanceof Upload)
  .meta({ type: 'string', format: 'binary', contentEncoding: 'binary' });

/** A slow sender keeps others waiting. */
const patienceMs = 60_000;

const invalid = (message: string) =>
  new AppError('invalid', 'The upload is not valid. See `errors` for how to fix it.', {
    errors: [{ path: 'file', message }],
  });

function asFault(error: unknown, maxBytes: number): Error {
  if (error instanceof MulterError) {
    if (error.code === 'LIMIT_FILE_SIZE') {
      return new AppError('too_large', `The file is larger than ${maxBytes / 1_000_000} MB.`);
    }
    return invalid('must be a single file, in the field "file"');
  }
  // What is no multipart in its inside, or broke off.
  const isBroken =
    error instanceof Error && /multipart|boundary|form|header|abort/i.test(error.message);
  return isBroken
    ? new AppError('bad_request', 'The upload could not be parsed as multipart/form-data.')
    : (error as Error);
}

const tooSlow = () =>
  new AppError('bad_request', `The upload took longer than ${patienceMs / 1000} seconds.`);

/** Gathers a file in one piece of memory, as large as the request says that its body is. */
function intoMemory(maxBytes: number): StorageEngine {
  return {
    _handleFile({ headers }, { stream }, done) {
      const announced = Number(headers['content-length'] ?? maxBytes);
      let bytes = Buffer.allocUnsafe(Math.min(announced, maxBytes));
      let size = 0;
      const timer = setTimeout(() => stream.destroy(tooSlow()), patienceMs);
      stream.on('data', (chunk: Buffer) => {
        size += chunk.copy(bytes, size);
      });
      stream.once('error', (error: Error) => {
        clearTimeout(timer);
        bytes = Buffer.alloc(0);
        done(error);
      });
      stream.once('end', () => {
        clearTimeout(timer);
        done(null, { buffer: bytes.subarray(0, size), size });
      });
    },
    _removeFile: (_request, _file, done) => done(null),
  };
}

/**
 * The one file that a request of `multipart/form-data` has in its field `file`, held in memory
 * once: only so many may be read at a time, see `Gate`.
 * @throws AppError `unsupported_media_type`, `too_large`, `invalid`, `bad_request`
 */
export function createReadUpload(maxBytes: number) {
  const take = multer({
    storage: intoMemory(maxBytes),
    limits: { fileSize: maxBytes, files: 1, fields: 0, parts: 2, headerPairs: 20 },
    defParamCharset: 'utf8',
  }).single('file');

  return async (request: Request, response: Response): Promise<{ file: Upload }> => {
    if (!request.is('multipart/form-data')) {
      const detail = 'Send the file as multipart/form-data, in the field "file".';
      throw new AppError('unsupported_media_type', detail);
    }
    await new Promise<void>((resolve, reject) => {
      take(request, response, (error: unknown) => {
        if (error == null) resolve();
        else reject(asFault(error, maxBytes));
      });
    });
    const { file } = request;
    if (!file) throw invalid('is missing. Send the file in the field "file"');
    return { file: new Upload(file.originalname, file.buffer) };
  };
}
