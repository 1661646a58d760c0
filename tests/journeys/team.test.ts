import type { Role, RunSnapshot } from '@crmflow/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import { letIn, ownTeam, untilStatus } from '../openapi/owned.js';
import type { Client } from '../support/client.js';
import { ask, row, say } from '../support/flows.js';
import { useInstallation } from '../support/installation.js';

const site = useInstallation();

type Person = { client: Client; userId: string };

/** Five people in one workspace, and a flow that asks and thanks. */
describe('a team of five', () => {
  let workspaceId: string;
  let owner: Client;
  const people = new Map<string, Person>();
  const of = (name: string) => people.get(name)!;
  let flowId: string;

  const join = async (name: string, role: Role) => {
    const client = await site.another();
    people.set(name, { client, userId: await letIn(owner, workspaceId, client, role) });
  };
  const inTeam = (path: string) => `${path}?workspaceId=${workspaceId}`;
  const start = async (client: Client) => {
    const { status, body } = await client.call<{ runId: string; code?: string }>(
      'POST',
      `/api/workflows/${flowId}/runs`,
      {},
    );
    return { status, ...body };
  };
  const waits = (runId: string) => untilStatus(owner, runId, 'waiting');

  beforeAll(async () => {
    owner = await site.another();
    workspaceId = await ownTeam(owner);
    await join('ana', 'editor');
    await join('ben', 'operator');
    await join('cleo', 'viewer');
    await join('dan', 'owner');
  });

  it('an editor draws and publishes, everybody finds it', async () => {
    const { client } = of('ana');
    const flow = { ...row([ask('name'), say('thanks', 'Thank you, {{ vars.name }}.')]) };
    const made = await client.call<{ id: string }>('POST', inTeam('/api/workflows'), flow);
    expect(made.status).toBe(201);
    flowId = made.body.id;
    expect((await client.call('POST', `/api/workflows/${flowId}/publish`)).status).toBe(201);
    for (const { client: each } of people.values()) {
      const { body } = await each.call<{ items: { id: string }[] }>(
        'GET',
        inTeam('/api/workflows'),
      );
      expect(body.items.map(({ id }) => id)).toEqual([flowId]);
      const own = await each.call<{ items: unknown[] }>('GET', '/api/workflows');
      expect(own.body.items).toEqual([]);
    }
  });

  it('an operator sees runs and cancels them, and starts none', async () => {
    const { runId } = await start(of('ana').client);
    await waits(runId);
    const { client } = of('ben');
    expect(await start(client)).toMatchObject({ status: 403, code: 'forbidden' });
    expect((await client.call('GET', `/api/workflows/${flowId}`)).status).toBe(403);
    const seen = await client.call<RunSnapshot>('GET', `/api/runs/${runId}`);
    expect(seen.body).toMatchObject({ runId, status: 'waiting' });
    expect((await client.call('POST', `/api/runs/${runId}/cancel`)).status).toBe(202);
    await untilStatus(owner, runId, 'cancelled');
  });

  it('a viewer reads what was said once the workspace allows it', async () => {
    const { runId } = await start(of('ana').client);
    await waits(runId);
    await owner.call('POST', `/api/runs/${runId}/messages`, { message: 'Grace', messageId: 'm' });
    await untilStatus(owner, runId, 'completed');
    const { client } = of('cleo');
    const read = async () => (await client.call<RunSnapshot>('GET', `/api/runs/${runId}`)).body;
    expect(await read()).toMatchObject({ isRedacted: true, messages: [], variables: {} });
    expect(JSON.stringify(await read())).not.toContain('Grace');
    const settings = { viewersReadTranscripts: true };
    await owner.call('PATCH', `/api/workspaces/${workspaceId}`, { settings });
    expect(JSON.stringify(await read())).toContain('Thank you, Grace.');
  });

  it('an editor who is removed amid a conversation sees no more of it; it goes on', async () => {
    const { client, userId } = of('ana');
    const { runId } = await start(client);
    await waits(runId);
    const socket = client.socket();
    const attached = await socket.emitWithAck('session:start', { runId });
    expect(attached).toMatchObject({ ok: true });
    const gone = new Promise((resolve) => socket.once('disconnect', resolve));
    const member = `/api/workspaces/${workspaceId}/members/${userId}`;
    expect((await of('dan').client.call('DELETE', member)).status).toBe(204);
    expect(await gone).toBe('io server disconnect');
    const reply = { message: 'Ada', messageId: 'after' };
    expect((await client.call('POST', `/api/runs/${runId}/messages`, reply)).status).toBe(404);
    expect((await owner.call('POST', `/api/runs/${runId}/messages`, reply)).status).toBe(202);
    const { messages } = await untilStatus(owner, runId, 'completed');
    expect(messages.map(({ text }) => text)).toContain('Thank you, Ada.');
  });

  it('a script with a token works in the workspace as far as its role goes', async () => {
    const made = await owner.call<{ id: string; token: string }>(
      'POST',
      `/api/workspaces/${workspaceId}/tokens`,
      { name: 'Nightly', role: 'editor' },
    );
    const { token, id } = made.body;
    const call = (method: string, path: string, body?: unknown) =>
      fetch(site.system.url + path, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
    const started = await call('POST', `/api/workflows/${flowId}/runs`, { requestId: 'r' });
    const again = await call('POST', `/api/workflows/${flowId}/runs`, { requestId: 'r' });
    expect([started.status, again.status]).toEqual([201, 200]);
    expect(await again.json()).toEqual(await started.json());
    expect((await call('GET', `/api/workspaces/${workspaceId}/audit`)).status).toBe(403);
    await owner.call('DELETE', `/api/workspaces/${workspaceId}/tokens/${id}`);
    expect((await call('GET', '/api/runs')).status).toBe(401);
  });

  it('the owner reads who did what', async () => {
    const { body } = await owner.call<{ items: { action: string; actor: { id: string } }[] }>(
      'GET',
      `/api/workspaces/${workspaceId}/audit`,
    );
    const told = body.items.map(({ action, actor }) => [action, actor.id]);
    expect(told).toContainEqual(['flow.publish', of('ana').userId]);
    expect(told).toContainEqual(['member.remove', of('dan').userId]);
    expect(told.slice(0, 2).map(([action]) => action)).toEqual(['token.revoke', 'token.create']);
  });
});
