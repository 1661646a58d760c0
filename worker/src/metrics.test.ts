import { request } from 'node:http';
import { Registry } from 'prom-client';
import { afterEach, expect, it } from 'vitest';
import { serveMetrics } from './metrics.js';

let served: Awaited<ReturnType<typeof serveMetrics>>;
afterEach(() => served.close());

const more = async () => 'temporal_slots 7\n';
const get = (path: string, headers = {}) =>
  fetch(`http://127.0.0.1:${served.port}${path}`, { headers });

it('serves its own figures and those of Temporal as one page', async () => {
  served = await serveMetrics({ host: '127.0.0.1', port: 0 }, new Registry(), more);
  const response = await get('/metrics');
  expect(response.status).toBe(200);
  const text = await response.text();
  expect(text).toContain('process_cpu_seconds_total');
  expect(text).toContain('\ntemporal_slots 7\n');
  expect((await get('/')).status).toBe(404);
});

it('asks for the token where there is one, but not for its life', async () => {
  served = await serveMetrics(
    { host: '127.0.0.1', port: 0, token: 'of the scraper' },
    new Registry(),
    more,
  );
  expect((await get('/metrics')).status).toBe(401);
  expect((await get('/metrics', { authorization: 'Bearer other' })).status).toBe(401);
  expect((await get('/metrics', { authorization: 'Bearer of the scraper' })).status).toBe(200);
  expect((await get('/health')).status).toBe(200);
});

it('is for nobody where others could reach it and there is no token', async () => {
  served = await serveMetrics({ host: '0.0.0.0', port: 0 }, new Registry(), more);
  expect((await get('/metrics')).status).toBe(401);
  expect((await get('/health')).status).toBe(200);
});

it('is for no page whose own name leads to this machine', async () => {
  served = await serveMetrics({ host: '127.0.0.1', port: 0 }, new Registry(), more);
  const status = (host: string) =>
    new Promise((resolve, reject) => {
      request({ port: served.port, path: '/metrics', headers: { host } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
  expect(await status('evil.example')).toBe(401);
  expect(await status('localhost:9464')).toBe(200);
});

it('tells that it cannot be read rather than a half of it', async () => {
  served = await serveMetrics({ host: '127.0.0.1', port: 0 }, new Registry(), () =>
    Promise.reject(new Error()),
  );
  expect((await get('/metrics')).status).toBe(500);
});
