import type { Express, Request, RequestHandler, Response } from 'express';
import { AppError } from '../errors/app-error.js';
import { serveEvents } from './event-stream.js';
import type { Entrance, RouteAnswer, Route } from './route.js';

async function send(
  request: Request,
  response: Response,
  { status, body, text, headers, stream }: RouteAnswer,
): Promise<void> {
  if (stream) return serveEvents(request, response, stream);
  response.status(status).set('Cache-Control', 'no-store');
  for (const [name, value] of Object.entries(headers ?? {})) response.set(name, value);
  if (text !== undefined) response.end(text);
  else if (body === undefined) response.end();
  else response.json(body);
}

function methodNotAllowed(routes: readonly Route[]): RequestHandler {
  const methods = routes.map((one) => one.method.toUpperCase());
  const allow = methods.includes('GET') ? ['HEAD', ...methods] : methods;
  return (request) => {
    const detail = `${request.method} is not allowed here. Use ${allow.join(', ')}.`;
    throw new AppError('method_not_allowed', detail, { allow });
  };
}

/** Puts `/runs/import` before `/runs/:id`, which would take it otherwise. */
const fixedFirst = (path: string) => path.replaceAll(':', '\uffff');

/** Puts routes into the app, each address with an answer for the methods that it does not take. */
export function mountRoutes(app: Express, routes: readonly Route[], entrance: Entrance): void {
  const paths = [...new Set(routes.map((one) => one.path))];
  paths.sort((a, b) => (fixedFirst(a) < fixedFirst(b) ? -1 : 1));
  for (const path of paths) {
    const here = routes.filter((one) => one.path === path);
    for (const { method, respond } of here) {
      app[method](path, async (request, response) => {
        await send(request, response, await respond(request, response, entrance));
      });
    }
    app.all(path, methodNotAllowed(here));
  }
}
