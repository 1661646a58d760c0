import cors from 'cors';
import express, { type Express } from 'express';
import type { Deps } from './deps.js';
import { AppError } from './errors/app-error.js';
import { answerErrors } from './http/answer-errors.js';
import { createTrustProxy } from './http/client-address.js';
import { mountRoutes } from './http/mount-routes.js';
import { createIsOwnHost, requireOwnHost } from './http/own-host.js';
import type { Route } from './http/route.js';
import { securityHeaders } from './http/security-headers.js';
import { logRequests } from './logging/log-requests.js';
import { traceRequests } from './logging/trace-requests.js';
import { measureRequests } from './metrics/measure-requests.js';
import { answerPreflight } from './chat/preflight.js';
import { serveWeb } from './web/serve-web.js';

/** What the app is made of besides its dependencies. */
export type AppParts = {
  routes: readonly Route[];
  /** Where the web app was built to; without it only the API is served. */
  webFolder?: string;
};

/** The HTTP side of the API: what every request meets on its way to a route and back. */
export function createApp(
  {
    config,
    logger,
    authenticate,
    authorize,
    metrics,
    pool,
  }: Pick<Deps, 'config' | 'logger' | 'authenticate' | 'authorize' | 'metrics' | 'pool'>,
  { routes, webFolder }: AppParts,
): Express {
  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.set('trust proxy', createTrustProxy(config.trustProxy));
  app.set('query parser', 'simple');
  app.use(measureRequests(metrics));
  app.use(logRequests(logger));
  app.use(traceRequests);
  app.use(securityHeaders(config.publicUrl?.startsWith('https:') ?? false));
  app.use(requireOwnHost(createIsOwnHost(config)));
  // Before the others, which would answer in its place that no other site may.
  app.options('/api/public/chat/:slug{/*rest}', answerPreflight({ pool, origins: config.origins }));
  if (config.origins.length > 0) {
    const exposedHeaders = ['X-Request-Id', 'Retry-After'];
    app.use('/api', cors({ origin: config.origins, credentials: true, exposedHeaders }));
  }
  mountRoutes(app, routes, { authenticate, authorize, origins: config.origins });
  if (webFolder !== undefined) app.use(serveWeb(webFolder, pool));
  app.use(({ method, path }) => {
    throw new AppError(
      'not_found',
      `No endpoint matches ${method} ${path.slice(0, 200)}. All endpoints are listed at /api/docs.`,
    );
  });
  app.use(answerErrors);
  return app;
}
