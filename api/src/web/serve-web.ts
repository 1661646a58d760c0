import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { errorCodes } from '@crmflow/contracts';
import { type RequestHandler, Router } from 'express';
import staticGzip from 'express-static-gzip';
import { errorPage } from '../errors/problem.js';
import type { Pool } from 'pg';
import { findChat } from '../chat/chats.js';
import { chatPolicy, referencePolicy } from '../http/security-headers.js';

/** Addresses that are no page of the web app, whether they exist or not. */
const noPage = /^\/(?:api|socket\.io|health|ready|metrics|assets|embed|c)(?:\/|$)/;

const page =
  (index: string): RequestHandler =>
  (request, response, next) => {
    const wanted = request.method === 'GET' || request.method === 'HEAD';
    if (!wanted || noPage.test(request.path) || !request.accepts('html')) {
      next();
      return;
    }
    response.set('Cache-Control', 'no-cache').sendFile(index);
  };

/** Sends a file of the build; the next handler answers where it was not built. */
const file =
  (path: string): RequestHandler =>
  (_request, response, next) => {
    if (existsSync(path)) response.set('Cache-Control', 'no-cache').sendFile(path);
    else next();
  };

/** Sets which sites may show the chat at this address in a frame. */
const chatHeaders =
  (pool: Pool): RequestHandler =>
  async (request, response, next) => {
    const { slug } = request.params as { slug: string };
    const chat = await findChat(pool, slug);
    if (!chat || chat.isDeleted) response.status(404);
    // The directive says more than that header can.
    response.removeHeader('X-Frame-Options');
    chatPolicy(chat?.settings.domains ?? [])(request, response, next);
  };

/** Sites of all origins load the widget, for an hour without asking again. */
const forSites: RequestHandler = (_request, response, next) => {
  response.set('Cross-Origin-Resource-Policy', 'cross-origin');
  response.set('Cache-Control', 'public, max-age=3600');
  next();
};

/** The build lies there compressed too; whoever asks takes the smallest that they can read. */
const asBuilt = { index: false, enableBrotli: true, orderPreference: ['br', 'gzip'] };

/**
 * Serves what was built for browsers: the API reference, the pages of the error codes, the files
 * of the web app, and its page for every other address that a browser may open. Nothing where it
 * was not built.
 * @param folder the absolute path of the build
 */
export function serveWeb(folder: string, pool: Pool): Router {
  const router = Router();
  const index = join(folder, 'index.html');
  if (!existsSync(index)) return router;
  router.get('/api/docs', referencePolicy, file(join(folder, 'docs/api.html')));
  router.get('/docs/errors', file(join(folder, 'docs/errors.html')));
  for (const code of Object.keys(errorCodes)) {
    router.get(errorPage(code), file(join(folder, `docs/errors/${code}.html`)));
  }
  router.get('/c/:slug', chatHeaders(pool), file(join(folder, 'chat.html')));
  router.use(
    '/embed',
    forSites,
    staticGzip(join(folder, 'embed'), { ...asBuilt, serveStatic: { cacheControl: false } }),
  );
  // Vite names files in assets/ by their content.
  const forEver = { immutable: true, maxAge: '1y' };
  router.use('/assets', staticGzip(join(folder, 'assets'), { ...asBuilt, serveStatic: forEver }));
  router.use(staticGzip(folder, { ...asBuilt, serveStatic: { maxAge: 0 } }));
  router.use(page(index));
  return router;
}
