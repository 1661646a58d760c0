import type { RequestHandler } from 'express';
import type { Metrics } from './create-metrics.js';

/** Whatever has no route of ours: files of the web app, and what is nowhere. */
const other = 'other';
const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Times each request, under the pattern of its route: addresses would be endless, and private. */
export function measureRequests({ requests }: Metrics): RequestHandler {
  return (request, response, next) => {
    const end = requests.startTimer();
    response.once('close', () => {
      const { path } = (request.route ?? {}) as { path?: unknown };
      end({
        method: methods.has(request.method) ? request.method : other,
        route: typeof path === 'string' ? path : other,
        status: String(response.statusCode),
      });
    });
    next();
  };
}
