import { createServer, request as rawRequest } from 'node:http';
import express from 'express';
import { expect, it } from 'vitest';
import { listen } from '../../../tests/support/listen.js';
import { AppError } from '../errors/app-error.js';
import { answerErrors } from './answer-errors.js';
import { createReadBody } from './read-body.js';

it('ends a connection whose body takes too long', async () => {
  const read = createReadBody({ bytes: 100, ms: 50 });
  const told: unknown[] = [];
  const app = express();
  app.post('/', async (request, response) => {
    await read(request, response).catch((error: unknown) => {
      told.push(error);
      throw error;
    });
  });
  app.use(answerErrors);
  const server = createServer(app);
  const port = await listen(server);
  const headers = { 'content-type': 'application/json', 'content-length': 50 };
  const request = rawRequest({ port, method: 'POST', headers, agent: false });
  request.write('{"a":');
  const status = await new Promise((resolve, reject) => {
    request.on('response', (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode));
    });
    request.on('error', reject);
  });
  expect(status).toBe(408);
  expect(told[0]).toBeInstanceOf(AppError);
  // The connection is closed by the server: otherwise this waits for ever.
  await new Promise<void>((resolve) => server.close(() => resolve()));
});
