import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Config } from '../config/config.js';
import { openRoute, type Route } from '../http/route.js';
import { openApiDocument } from './document.js';
import { productVersion } from './product-version.js';

/**
 * `/api/openapi.json`: what the API says about itself, this address included. It is made at the
 * first request and kept; clients ask each time whether theirs is still current.
 * @param others all other routes
 */
export function openApiRoutes(
  others: readonly Route[],
  config: Pick<Config, 'publicUrl'>,
): Route[] {
  let made: { text: string; etag: string } | undefined;
  const read = (): { text: string; etag: string } => {
    const server = config.publicUrl ?? '/';
    const text = JSON.stringify(openApiDocument(routes, { server, version: productVersion }));
    return { text, etag: `"${createHash('sha256').update(text).digest('base64url')}"` };
  };
  const own: Route = openRoute({
    method: 'get',
    path: '/api/openapi.json',
    docs: {
      tag: 'System',
      summary: 'Read this document',
      description: 'As a web page it is at `/api/docs`.',
      answers: { 200: z.looseObject({ openapi: z.string() }), 304: null },
    },
    handle: async ({ request }) => {
      const { text, etag } = (made ??= read());
      const headers = { ETag: etag, 'Cache-Control': 'no-cache' };
      if (request.headers['if-none-match'] === etag) return { status: 304, headers };
      return { status: 200, text, headers: { ...headers, 'Content-Type': 'application/json' } };
    },
  });
  const routes: readonly Route[] = [...others, own];
  return [own];
}
