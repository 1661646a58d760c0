import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { drain } from './drain.js';
import { listen } from './listen.js';

async function serverWithRequest() {
  const server = createServer();
  const port = await listen(server, { host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${port}`;
  const arrived = once(server, 'request') as Promise<[unknown, ServerResponse]>;
  const answer = fetch(url).then((response) => response.text());
  answer.catch(() => {});
  const [, response] = await arrived;
  return { server, url, answer, response };
}

describe('drain', () => {
  it('lets a request under way finish, and takes no other', async () => {
    const { server, url, answer, response } = await serverWithRequest();
    const drained = drain(server, 60_000);
    await expect(fetch(url)).rejects.toThrow();
    response.end('done');
    expect(await answer).toBe('done');
    await drained;
  });

  it('cuts one that takes too long', async () => {
    const { server, answer } = await serverWithRequest();
    await drain(server, 10);
    await expect(answer).rejects.toThrow();
  });

  it('accepts a server that is already closed', async () => {
    await drain(createServer(), 10);
  });
});
