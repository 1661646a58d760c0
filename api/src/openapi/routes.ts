import { z } from 'zod';
import type { Config } from '../config/config.js';
import { openRoute, type Route } from '../http/route.js';
import { cached } from '../pages/cached.js';
import { stylePath } from '../pages/layout.js';
import { style } from '../pages/style.js';
import { openApiDocument } from './document.js';
import { documentPage } from './page/page.js';
import { productVersion } from './product-version.js';

const text = z.string();

/**
 * `/api/openapi.json` and `/api/docs`: what the API says about itself, these addresses included.
 * Both are made at the first request and kept.
 * @param others all other routes
 */
export function openApiRoutes(
  others: readonly Route[],
  config: Pick<Config, 'publicUrl'>,
): Route[] {
  const server = config.publicUrl ?? '/';
  const read = () => openApiDocument(routes, { server, version: productVersion });
  const json = cached('application/json', () => JSON.stringify(read()));
  const page = cached('text/html; charset=utf-8', () => documentPage(read()));
  const css = cached('text/css; charset=utf-8', () => style);
  const own = [
    openRoute({
      method: 'get',
      path: '/api/openapi.json',
      docs: {
        tag: 'System',
        summary: 'Read this document',
        answers: { 200: z.looseObject({ openapi: z.string() }), 304: null },
      },
      handle: async ({ request }) => json(request),
    }),
    openRoute({
      method: 'get',
      path: '/api/docs',
      docs: {
        tag: 'System',
        summary: 'Read this document as a web page',
        answers: { 200: { 'text/html': text }, 304: null },
      },
      handle: async ({ request }) => page(request),
    }),
    openRoute({
      method: 'get',
      path: stylePath,
      docs: {
        tag: 'System',
        summary: 'Read the stylesheet of the documentation',
        answers: { 200: { 'text/css': text }, 304: null },
      },
      handle: async ({ request }) => css(request),
    }),
  ];
  const routes = [...others, ...own];
  return own;
}
