import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type Client, register } from '../support/client.js';
import { converse } from '../support/conversation.js';
import { type EchoServer, startEchoServer } from '../support/echo-server.js';
import { node, row } from '../support/flows.js';
import { logsOf } from '../support/secret-scan.js';
import { newDataDir, type OwnSystem, startSystem } from '../support/system.js';

const dataDir = newDataDir(inject('templateDir'));
const newKey = () => randomBytes(32).toString('base64');
const secret = 'sk-outlives-0123456789';
let echo: EchoServer;
let system: OwnSystem | undefined;

beforeAll(async () => {
  echo = await startEchoServer();
});
afterAll(async () => {
  await system?.stop();
  await echo?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function restart(keys: Record<string, string>): Promise<OwnSystem> {
  const port = system?.port;
  await system?.stop();
  const env = { CRMFLOW_EGRESS_ALLOW: new URL(echo.url).host, ...keys };
  system = await startSystem({ dataDir, env, ...(port !== undefined && { port }) });
  return system;
}

async function use(client: Client, workflowId: string) {
  const run = await converse(client, { workflowId, version: 'draft' });
  const finished = await run.finished();
  client.close();
  return finished;
}

it('stored keys outlive a change of ENCRYPTION_KEY', { timeout: 600_000 }, async () => {
  const [first, second] = [newKey(), newKey()];
  const { url } = await restart({ ENCRYPTION_KEY: first });
  const client = await register(url);
  const hosts = [new URL(echo.url).host];
  await client.call('POST', '/api/keys', { service: 'crm', key: secret, hosts });
  const auth = { secret: 'crm', in: 'bearer' };
  const workflowId = await client.save(
    row([node('it', 'integration', { url: echo.url, auth, retryFor: 'PT1S' })]),
  );
  expect(await use(client, workflowId)).toMatchObject({ status: 'completed' });

  const rotated = await restart({ ENCRYPTION_KEY: second, ENCRYPTION_KEY_PREVIOUS: first });
  expect(await use(client, workflowId)).toMatchObject({ status: 'completed' });
  await rotated.stop();
  const log = logsOf(rotated).map(({ text }) => text);
  expect(log.join('\n')).toContain('Stored keys were re-encrypted with the new ENCRYPTION_KEY');

  await restart({ ENCRYPTION_KEY: second });
  expect(await use(client, workflowId)).toMatchObject({ status: 'completed' });

  await restart({ ENCRYPTION_KEY: newKey() });
  expect(await use(client, workflowId)).toMatchObject({
    status: 'failed',
    error: {
      code: 'key_unreadable',
      nodeId: 'it',
      message: expect.stringContaining('"crm"') as string,
    },
  });
  const sent = echo.requests.map(({ headers }) => headers.authorization);
  expect(sent).toEqual(Array.from({ length: 3 }, () => `Bearer ${secret}`));
});
