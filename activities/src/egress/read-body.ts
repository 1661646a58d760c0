import { PassThrough, type Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { EgressError, shownUrl } from './egress-error.js';

/** The content codings that a request offers. */
export const acceptedEncodings = 'gzip, br';

function decoderOf(header: string | undefined, url: URL): Transform {
  const encoding = (header ?? '').trim().toLowerCase();
  if (encoding === '' || encoding === 'identity') return new PassThrough();
  if (encoding === 'gzip' || encoding === 'x-gzip') return createGunzip();
  if (encoding === 'br') return createBrotliDecompress();
  if (encoding === 'deflate') return createInflate();
  throw new EgressError(
    'http_failed',
    `${shownUrl(url)} uses the content encoding "${encoding.slice(0, 40)}", which is not supported. Use gzip, deflate or br.`,
  );
}

function atMost(maxBytes: number, url: URL) {
  return async function* (source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let bytes = 0;
    for await (const chunk of source) {
      bytes += chunk.length;
      if (bytes > maxBytes) {
        throw new EgressError(
          'http_too_large',
          `The response of ${shownUrl(url)} is larger than ${Math.floor(maxBytes / 1000)} kB. Request less data.`,
        );
      }
      yield chunk;
    }
  };
}

/**
 * Reads a response body, decoded, and stops as soon as it is larger than allowed: before and after
 * decoding, so that neither an endless stream nor a small bomb fills the memory.
 * @param encoding the Content-Encoding header
 * @param maxBytes limit of the decoded body
 * @param isFailure which errors fail; after any other one, what was read by then is enough
 * @throws EgressError `http_too_large`, `http_failed`
 */
export async function readBody(
  body: Readable,
  encoding: string | undefined,
  maxBytes: number,
  url: URL,
  isFailure: (error: unknown) => boolean = () => true,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const limit = atMost(maxBytes, url);
  try {
    await pipeline(body, limit, decoderOf(encoding, url), limit, async (source) => {
      for await (const chunk of source) chunks.push(chunk);
    });
  } catch (error) {
    body.destroy();
    if (isFailure(error)) throw error;
  }
  return Buffer.concat(chunks);
}
