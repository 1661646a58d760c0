import { createHash } from 'node:crypto';
import type { Request } from 'express';
import type { Reply } from '../http/route.js';

/**
 * Answers the same text to everybody, who may keep it but asks each time whether it still holds.
 * @param make is called once, at the first request
 */
export function cached(type: string, make: () => string): (request: Request) => Reply {
  let made: { text: string; etag: string } | undefined;
  return ({ headers }) => {
    if (!made) {
      const text = make();
      made = { text, etag: `"${createHash('sha256').update(text).digest('base64url')}"` };
    }
    const known = { ETag: made.etag, 'Cache-Control': 'no-cache' };
    if (headers['if-none-match'] === made.etag) return { status: 304, headers: known };
    return { status: 200, text: made.text, headers: { ...known, 'Content-Type': type } };
  };
}
