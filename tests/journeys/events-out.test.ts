import { createHmac } from 'node:crypto';
import type { Endpoint, OutboundDelivery, OutboundType, Page } from '@crmflow/contracts';
import { outboundTypes } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { userOf } from '../support/client.js';
import type { EchoRequest } from '../support/echo-server.js';
import { ask, row, say } from '../support/flows.js';
import { useInstallation } from '../support/installation.js';
import { until } from '../support/until.js';
import { deployChat, visit } from '../support/visitor.js';

const site = useInstallation();

type Made = Endpoint & { secret: string; path: string };

/** A user whose workspace tells the echo server what happens, under a path of its own. */
async function listen(types: readonly OutboundType[] = outboundTypes, place = '/events') {
  const client = await site.another();
  const { id } = await userOf(client);
  const all = `/api/workspaces/${id}/endpoints`;
  const url = `${site.echo.url}${place}/${id}`;
  const { status, body } = await client.call<Omit<Made, 'path'>>('POST', all, { url, types });
  expect(status).toBe(201);
  const endpoint: Made = { ...body, path: `${all}/${body.id}` };
  const got = () => site.echo.requests.filter(({ path }) => path === `${place}/${id}`);
  const deliveries = async () =>
    (await client.call<Page<OutboundDelivery>>('GET', `${endpoint.path}/deliveries`)).body.items;
  return { client, endpoint, got, deliveries };
}

type Sent = { type: OutboundType; timestamp: string; data: Record<string, unknown> };
const bodyOf = (request: EchoRequest) => request.body as Sent;

/** Whether a request is signed as Standard Webhooks says. */
function isSigned({ headers, body }: EchoRequest, secret: string): boolean {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const content = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${JSON.stringify(body)}`;
  const signature = `v1,${createHmac('sha256', key).update(content).digest('base64')}`;
  return String(headers['webhook-signature']).split(' ').includes(signature);
}

const flow = () => row([say('hello', 'Hello!'), ask('name'), say('bye', 'Bye, {{ vars.name }}.')]);

describe('another system', () => {
  it('hears of a conversation from its beginning to its end, once each and signed', async () => {
    const { client, endpoint, got, deliveries } = await listen();
    const chat = await deployChat(client, flow());
    const visitor = await visit(site.system.url, chat.slug);
    const id = await visitor.begin();
    await visitor.say(id, 'Ada');
    await until('the end', () => got().some((one) => bodyOf(one).type === 'conversation.finished'));
    const sent = got().map(bodyOf);
    const types = sent.map(({ type }) => type).filter((type) => !type.startsWith('contact.'));
    expect(types).toEqual([
      ...['conversation.started', 'run.started', 'message.created', 'run.waiting'],
      ...['message.created', 'message.created', 'run.completed', 'conversation.finished'],
    ]);
    const said = sent.flatMap(
      ({ data }) => (data['message'] as { text: string } | undefined) ?? [],
    );
    expect(said.map(({ text }) => text)).toEqual(['Hello!', 'Ada', 'Bye, Ada.']);
    expect(sent.filter(({ type }) => type === 'contact.created')).toHaveLength(1);
    for (const { data, type } of sent) {
      if (!type.startsWith('contact.')) expect(data).toMatchObject({ conversationId: id });
    }
    for (const request of got()) expect(isSigned(request, endpoint.secret)).toBe(true);
    const ids = got().map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(ids.length);
    await until('all to be delivered', async () =>
      (await deliveries()).every(({ status }) => status === 'delivered'),
    );
    const last = (await deliveries()).find(({ type }) => type === 'conversation.finished');
    expect(last).toMatchObject({ attempts: [{ status: 200, error: null }] });
    expect(sent).toContainEqual(JSON.parse(last?.body ?? ''));
  });

  it('hears nothing of a test run', async () => {
    const { client, got } = await listen();
    const workflowId = await client.save(row([say('hello', 'Hello!')]));
    const started = await client.call<{ runId: string }>(
      ...(['POST', `/api/workflows/${workflowId}/runs`, { version: 'draft' }] as const),
    );
    await until('the run to end', async () => {
      const { status } = await client.snapshot(started.body.runId);
      return status === 'completed';
    });
    await client.call('POST', `/api/workflows/${workflowId}/publish`);
    await client.call('POST', `/api/workflows/${workflowId}/runs`, {});
    await until('the published run', () =>
      got().some((one) => bodyOf(one).type === 'run.completed'),
    );
    const runs = new Set(got().map((one) => bodyOf(one).data['runId']));
    expect(runs.size).toBe(1);
    expect(runs.has(started.body.runId)).toBe(false);
  });

  it('gets what it missed again, under the same id, and each event once that it took', async () => {
    const { client, endpoint, got, deliveries } = await listen(['run.failed', 'message.created']);
    let isDown = true;
    site.echo.behave({
      handle: ({ path }) => (path.startsWith('/events/') && isDown ? { status: 503 } : undefined),
    });
    await client.call('POST', `${endpoint.path}/test`, {});
    const failed = await until('the test to fail', async () => {
      const [one] = await deliveries();
      return one?.status === 'undelivered' && one;
    });
    expect(failed.attempts).toMatchObject([{ status: 503 }]);
    isDown = false;
    const again = await client.call('POST', `${endpoint.path}/deliveries/${failed.id}/resend`);
    expect(again.status).toBe(202);
    await until('the event', async () => (await deliveries())[0]?.status === 'delivered');
    expect(new Set(got().map(({ headers }) => headers['webhook-id']))).toEqual(
      new Set([failed.eventId]),
    );
    expect(got()).toHaveLength(2);
    // The worker dies; what happens meanwhile arrives once it is back.
    await site.system.kill('worker');
    const workflowId = await client.save(row([say('hello', 'After a crash')]));
    await client.call('POST', `/api/workflows/${workflowId}/publish`);
    await client.call('POST', `/api/workflows/${workflowId}/runs`, {});
    await until('the message', () => got().length === 3, { timeoutMs: 90_000 });
    expect(got().map(bodyOf).at(-1)?.data['message']).toMatchObject({ text: 'After a crash' });
  });
});
