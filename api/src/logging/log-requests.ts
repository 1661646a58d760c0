import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { type HttpLogger, pinoHttp } from 'pino-http';

const readableId = /^[\w.:-]{1,100}$/;

/** The id of a request: the caller's, where it is one that logs can carry, or a new one. */
function requestId(request: IncomingMessage, response: ServerResponse): string {
  const given = request.headers['x-request-id'];
  const id = typeof given === 'string' && readableId.test(given) ? given : randomUUID();
  response.setHeader('X-Request-Id', id);
  return id;
}

/** Paths only: what follows may carry secrets, as do addresses of late answers and of callbacks. */
const pathOf = (url: string | undefined) =>
  url?.split('?', 1)[0]?.replace(/^(\/hooks\/(?:results|waits)\/).+/, '$1…');

type Serialized = { id: unknown; method: string; url: string; remoteAddress?: string };

/**
 * Names each request (`X-Request-Id`) and logs it, headers and bodies never: at `debug`, since a line
 * for each fills disks; one that failed by our fault at `warn`.
 */
export function logRequests(logger: Logger): HttpLogger {
  return pinoHttp({
    logger,
    genReqId: requestId,
    autoLogging: { ignore: ({ url }) => /^\/(?:health|ready|metrics)(?:$|\?)/.test(url ?? '') },
    customLogLevel: (_request, { statusCode }, error) =>
      error || statusCode >= 500 ? 'warn' : 'debug',
    serializers: {
      req: ({ id, method, url, remoteAddress }: Serialized) => ({
        id,
        method,
        url: pathOf(url),
        remoteAddress,
      }),
      res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
    },
  });
}
