import type { Request, Response } from 'express';
import multer, { MulterError } from 'multer';
import { AppError } from '../errors/app-error.js';

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

/**
 * The one file that a request of `multipart/form-data` has in its field `file`, held in memory.
 * @throws AppError `unsupported_media_type`, `too_large`, `invalid`, `bad_request`
 */
export function createReadUpload(maxBytes: number) {
  const take = multer({
    storage: multer.memoryStorage(),
    limits: { fileSize: maxBytes, files: 1, fields: 0, parts: 2, headerPairs: 20 },
    defParamCharset: 'utf8',
  }).single('file');

  return async (request: Request, response: Response): Promise<{ file: File }> => {
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
    return { file: new File([new Uint8Array(file.buffer)], file.originalname) };
  };
}
