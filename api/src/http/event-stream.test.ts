import { once } from 'node:events';
import { createServer, get } from 'node:http';
import type { Request, Response } from 'express';
import { expect, it } from 'vitest';
import { listen } from '../../../tests/support/listen.js';
import { serveEvents } from './event-stream.js';

/** What express adds to an answer, as far as streams need it. */
const asExpress = (response: object) =>
  Object.assign(response, {
    status: () => response,
    set: () => response,
  }) as unknown as Response;

it('tells a stream that its client left before it began', async () => {
  const server = createServer();
  const request = get({ port: await listen(server), host: '127.0.0.1' });
  request.on('error', () => {});
  const [asked, response] = (await once(server, 'request')) as [Request, object];
  request.destroy();
  await once(response as unknown as NodeJS.EventEmitter, 'close');
  let wasGone: boolean | undefined;
  await serveEvents(asked, asExpress(response), async (send, signal) => {
    wasGone = signal.aborted;
    expect(send('a', {})).toBe(false);
  });
  expect(wasGone).toBe(true);
  server.close();
});
