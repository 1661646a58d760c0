import { type ErrorCode, errorCodes } from '@crmflow/contracts';
import type { Express, Request } from 'express';
import { errorPage } from '../errors/problem.js';

const isCode = (text: string): text is ErrorCode => Object.hasOwn(errorCodes, text);

/** What the `type` of a problem document leads to: a few words on the error code. */
export function serveErrorPages(app: Express): void {
  app.get(errorPage(':code'), ({ params: { code } }: Request<{ code: string }>, response, next) => {
    if (!isCode(code)) {
      next();
      return;
    }
    const [status, title] = errorCodes[code];
    response.type('text/plain').send(`${code} (HTTP ${status})\n\n${title}.\n`);
  });
}
