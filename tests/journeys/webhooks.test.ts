import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { promisify } from 'node:util';
import type { Delivery, Page, WebhookAuth, WebhookDeployment } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { curlExample } from '../../web/src/share/webhook/curl-example.js';
import { send as sendAs } from '../support/client.js';
import { type Draft, node, row, say } from '../support/flows.js';
import { useInstallation } from '../support/installation.js';
import { until } from '../support/until.js';

const site = useInstallation();
const run = promisify(execFile);

/** A flow that a webhook starts. */
const hookFlow = (nodes: Parameters<typeof row>[0]): Draft => {
  const flow = row(nodes, { name: 'Orders' });
  const [, ...others] = flow.nodes;
  return { ...flow, nodes: [node('start', 'trigger', { kind: 'webhook' }), ...others] };
};

const order = [
  node('sum', 'logic', {
    kind: 'set',
    assign: [{ name: 'total', value: '{{ input.body.price * 2 }}' }],
  }),
  node('answer', 'integration', {
    ...{ kind: 'respond', status: '{{ vars.total > 10 ? 201 : 202 }}' },
    headers: { 'X-Total': '{{ vars.total }}' },
    body: { total: '{{ vars.total }}', id: '{{ input.body.id }}' },
  }),
  node('later', 'logic', { kind: 'wait', duration: 'PT1S' }),
  node('end', 'logic', { kind: 'set', assign: [{ name: 'done', value: true }] }),
];

async function deploy(settings: object, nodes = order): Promise<WebhookDeployment> {
  const id = await site.client.save(hookFlow(nodes));
  const { status } = await site.client.call('POST', `/api/workflows/${id}/publish`);
  expect(status).toBe(201);
  const made = await site.client.call<WebhookDeployment>(
    'POST',
    `/api/workflows/${id}/deployments`,
    { kind: 'webhook', settings },
  );
  expect(made.status).toBe(201);
  return { ...made.body, url: `${site.client.url}/hooks/${made.body.slug}` };
}

const send = (url: string, body: object) => sendAs(url, undefined, 'POST', body);

const deliveries = async ({ id }: WebhookDeployment) =>
  (await site.client.call<Page<Delivery>>('GET', `/api/deployments/${id}/deliveries`)).body.items;

describe('a webhook', () => {
  it('answers what its flow says, once for each event, and the run continues', async () => {
    const hook = await deploy({ respond: 'node', idempotency: 'body.id' });
    const [first, ...others] = await Promise.all(
      Array.from({ length: 4 }, () => send(hook.url, { id: 'o-1', price: 6 })),
    );
    const text = await first!.text();
    expect([first!.status, first!.headers.get('x-total')]).toEqual([201, '12']);
    expect(JSON.parse(text)).toEqual({ total: 12, id: 'o-1' });
    for (const other of others) expect([other.status, await other.text()]).toEqual([201, text]);
    const runs = new Set((await deliveries(hook)).map(({ runId }) => runId));
    expect(runs.size).toBe(1);
    const runId = [...runs][0] ?? '';
    await until('the run to end', async () => {
      const { status, variables } = await site.client.snapshot(runId);
      return status === 'completed' && variables['done'] === true;
    });
    expect((await send(hook.url, { id: 'o-1', price: 7 })).status).toBe(409);
  });

  it('answers how its run ended', async () => {
    const hook = await deploy({ respond: 'finished' });
    const answer = await send(hook.url, { id: 1, price: 1 });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      status: 'completed',
      output: { total: 2, done: true },
    });
    const failing = await deploy({ respond: 'finished' }, [say('hi', '{{ input.body.missing }}')]);
    const failed = await send(failing.url, {});
    expect(failed.status).toBe(500);
    expect(await failed.json()).toMatchObject({
      ...{ status: 'failed', error: { code: 'expression_failed' } },
    });
  });

  it('tells deliveries apart by a header of the sender, as Shopify’s', async () => {
    const auth = {
      ...{ kind: 'hmac', header: 'X-Shopify-Hmac-Sha256', encoding: 'base64' },
      ...{ idHeader: 'X-Shopify-Webhook-Id', secrets: ['hush, nobody'] },
    };
    const hook = await deploy({ respond: 'accepted', auth });
    const deliver = async (id: string, body: object) => {
      const bytes = JSON.stringify(body);
      const signature = createHmac('sha256', 'hush, nobody').update(bytes).digest('base64');
      const response = await fetch(hook.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-shopify-hmac-sha256': signature,
          'x-shopify-webhook-id': id,
        },
        body: bytes,
      });
      return [response.status, await response.json()] as [number, { runId: string }];
    };
    const [first, again, other, changed] = [
      await deliver('d-1', { id: 1, price: 2 }),
      await deliver('d-1', { id: 1, price: 2 }),
      await deliver('d-2', { id: 1, price: 2 }),
      await deliver('d-1', { id: 1, price: 3 }),
    ];
    expect(first[0]).toBe(202);
    expect(again).toEqual(first);
    expect(other[1].runId).not.toBe(first[1].runId);
    expect(changed).toMatchObject([409, { code: 'idempotency_conflict' }]);
  });

  it('replays a delivery on the draft', async () => {
    const hook = await deploy({ respond: 'accepted' });
    expect((await send(hook.url, { id: 'r', price: 4 })).status).toBe(202);
    const [one] = await deliveries(hook);
    const path = `/api/deployments/${hook.id}/deliveries/${one?.n}/replay`;
    const { status, body } = await site.client.call<{ runId: string }>('POST', path);
    expect(status).toBe(201);
    await until('the test run to end', async () => {
      const { variables, version } = await site.client.snapshot(body.runId);
      return version === 'draft' && variables['total'] === 8;
    });
  });
});

describe('the command of the studio', () => {
  const standard = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  const plain = "it's a $ecret `of` mine";
  const time = { timestampHeader: 'x-time', signed: 'v1:{timestamp}:{body}' };

  it.each<[object, string]>([
    [{ kind: 'none' }, ''],
    [{ kind: 'token' }, 'a-token-of-mine'],
    [{ kind: 'token', header: 'x-gitlab-token' }, plain],
    [{ kind: 'basic', username: 'ada' }, plain],
    [{ kind: 'standard' }, standard],
    [{ kind: 'github' }, plain],
    [{ kind: 'stripe' }, 'whsec_of_stripe'],
    [{ kind: 'slack' }, plain],
    [{ kind: 'hmac', header: 'x-sig' }, plain],
    [{ kind: 'hmac', header: 'x-sig', encoding: 'base64', algorithm: 'sha512', ...time }, plain],
  ])('is accepted with %j', async (auth, secret) => {
    const secrets = secret === '' ? {} : { secrets: [secret] };
    const hook = await deploy({ auth: { ...auth, ...secrets } });
    const settings = { auth: hook.settings.auth as WebhookAuth };
    const script = curlExample({ url: hook.url, settings }, secret);
    const quiet = script.replace('curl ', 'curl -s ');
    const { stdout } = await run('bash', ['-c', quiet]);
    expect(JSON.parse(stdout)).toEqual({ runId: expect.any(String) as string });
    if (secret === '') return;
    const wrong = curlExample({ url: hook.url, settings }, `${secret.slice(0, -2)}AB`);
    const { stdout: refused } = await run('bash', ['-c', wrong.replace('curl ', 'curl -s ')]);
    expect(JSON.parse(refused)).toMatchObject({ status: 401 });
  });
});
