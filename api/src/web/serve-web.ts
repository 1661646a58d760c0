import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { type RequestHandler, Router } from 'express';

/** Addresses that are no page of the web app, whether they exist or not. */
const noPage = /^\/(?:api|socket\.io|health|ready|metrics|assets)(?:\/|$)/;

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

/**
 * Serves the built web app: its files, and its page for every address that a browser may open.
 * Nothing where it was not built.
 * @param folder the absolute path of the build
 */
export function serveWeb(folder: string): Router {
  const router = Router();
  const index = join(folder, 'index.html');
  if (!existsSync(index)) return router;
  // Vite names files in assets/ by their content.
  router.use('/assets', express.static(join(folder, 'assets'), { immutable: true, maxAge: '1y' }));
  router.use(express.static(folder, { index: false, maxAge: 0 }));
  router.use(page(index));
  return router;
}
