import { beginSpan } from '@crmflow/temporal-config';
import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { RequestHandler } from 'express';

/** Asked for all day long by whoever watches. */
const untold = /^\/(?:health|ready|metrics)$/;

/**
 * Makes each request a span, named by the pattern of its route: in the trace that the caller named, or
 * in one of its own.
 */
export const traceRequests: RequestHandler = (request, response, next) => {
  const { method, headers, path } = request;
  if (untold.test(path)) {
    next();
    return;
  }
  const parent = propagation.extract(context.active(), headers);
  const span = beginSpan(method, { kind: SpanKind.SERVER, parent });
  response.once('close', () => {
    const { path: route } = (request.route ?? {}) as { path?: unknown };
    const { statusCode } = response;
    if (typeof route === 'string') {
      span.updateName(`${method} ${route}`);
      span.setAttribute('http.route', route);
    }
    span.setAttributes({
      'http.request.method': method,
      'http.response.status_code': statusCode,
    });
    if (statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  });
  context.with(trace.setSpan(parent, span), next);
};
