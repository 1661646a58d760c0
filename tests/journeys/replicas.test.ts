import { randomUUID } from 'node:crypto';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Client } from '../support/client.js';
import { converse } from '../support/conversation.js';
import { ask, row, say } from '../support/flows.js';
import { follow } from '../support/follower.js';
import { useInstallation } from '../support/installation.js';
import { type Replica, startReplica } from '../support/replica.js';
import { until } from '../support/until.js';

const site = useInstallation();
const replicas: Replica[] = [];
let other: Replica;

async function replica(part: 'api' | 'worker', env: Record<string, string> = {}) {
  const started = await startReplica(site.system, part, env);
  replicas.push(started);
  return started;
}

beforeAll(async () => {
  other = await replica('api');
  await replica('worker');
});
afterAll(async () => {
  await Promise.all(replicas.map((one) => one.kill()));
});

const connect = (url: string, token: string) =>
  io(url, { auth: { token }, transports: ['websocket'], forceNew: true });

const post = (url: string, path: string, json: unknown, token?: string) =>
  fetch(url + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(json),
  });

const questions = row([ask('first'), say('between', 'Go on.'), ask('second'), say('end', 'Bye.')]);

const at = (client: Client, { url }: { url: string }): Client => ({
  ...client,
  url,
  socket: () => connect(url, client.token),
});

it('clients of both APIs get the same events', async () => {
  const talks = await Promise.all(
    [site.client, at(site.client, other), site.client, at(site.client, other)].map(async (client) =>
      converse(client, { workflowId: await site.client.save(questions), version: 'draft' }),
    ),
  );
  for (const [index, talk] of talks.entries()) {
    const elsewhere = connect(index % 2 === 0 ? other.url : site.system.url, site.client.token);
    const follower = await follow(elsewhere, talk.runId, 0);
    await talk.see('system:waiting_for_input');
    await talk.say('one');
    await talk.see('system:waiting_for_input', ({ nodeId }) => nodeId === 'second');
    const answer = await elsewhere.emitWithAck('user:message', {
      runId: talk.runId,
      message: 'two',
      messageId: randomUUID(),
    });
    expect(answer.ok).toBe(true);
    const end = await talk.finished();
    await follower.sees(end.seq as number);
    expect(talk.faults).toEqual([]);
    const log = (await site.client.events(talk.runId)).map(({ seq }) => seq);
    expect(follower.told.map(({ seq }) => seq)).toEqual(log);
    expect(talk.told.map(({ payload }) => payload.seq)).toEqual(log);
    elsewhere.close();
    talk.socket.close();
  }
});

it('the same requestId at both at once starts one run', async () => {
  const workflowId = await site.client.save(questions);
  const requestId = randomUUID();
  const answers = await Promise.all(
    [site.system, other, site.system, other].map(({ url }) =>
      post(
        url,
        `/api/workflows/${workflowId}/runs`,
        { version: 'draft', requestId },
        site.client.token,
      ),
    ),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 201]);
  const bodies = (await Promise.all(answers.map((one) => one.json()))) as { runId: string }[];
  expect(new Set(bodies.map(({ runId }) => runId)).size).toBe(1);
});

it('a log-out at one closes the sockets at the other', async () => {
  const client = await site.another();
  const socket = connect(other.url, client.token);
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  await client.call('POST', '/api/auth/logout');
  await until('the socket to be closed', () => socket.disconnected);
  socket.close();
});

it('the clients of an API that was killed go on at the other, with nothing lost or twice', async () => {
  const dying = await replica('api');
  const talk = await converse(at(site.client, dying), {
    workflowId: await site.client.save(questions),
    version: 'draft',
  });
  await talk.see('system:waiting_for_input');
  const messageId = randomUUID();
  await talk.say('one', messageId);
  await dying.kill();
  const known = talk.told.length;
  const socket = connect(site.system.url, site.client.token);
  const follower = await follow(socket, talk.runId, known);
  const again = { runId: talk.runId, message: 'one', messageId };
  expect(await socket.emitWithAck('user:message', again)).toMatchObject({ duplicate: true });
  const told = () => [...talk.told.map(({ payload }) => payload), ...follower.told];
  await until('the second question', () => told().some(({ nodeId }) => nodeId === 'second'));
  const message = { runId: talk.runId, message: 'two', messageId: randomUUID() };
  expect(await socket.emitWithAck('user:message', message)).toMatchObject({ duplicate: false });
  await until('the end', () => follower.told.some((one) => one['status'] === 'completed'));
  const whole = told().map(({ seq }) => seq);
  expect(whole).toEqual((await site.client.events(talk.runId)).map(({ seq }) => seq));
  socket.close();
  talk.socket.close();
});

it('the runs of a worker that hangs or was killed go on at another', async () => {
  const talk = await site.hold(questions);
  await talk.see('system:waiting_for_input');
  const hanging = site.system.pidOf('worker') ?? 0;
  process.kill(hanging, 'SIGSTOP');
  try {
    await talk.say('one');
    await talk.see('system:waiting_for_input', ({ nodeId }) => nodeId === 'second');
  } finally {
    process.kill(hanging, 'SIGCONT');
  }
  await replicas[1]?.kill();
  await talk.say('two');
  expect(await talk.finished()).toMatchObject({ status: 'completed' });
  expect(talk.faults).toEqual([]);
});

it('what one API counts against a limit, the other knows', async () => {
  const limited = await Promise.all(
    [1, 2].map(() => replica('api', { CRMFLOW_RATE_LIMITS: 'on' })),
  );
  const guess = { email: `${randomUUID()}@example.com`, password: 'not the password' };
  const statuses: number[] = [];
  for (let tried = 0; tried < 12; tried += 1) {
    const { url } = limited[tried % 2] as Replica;
    statuses.push((await post(url, '/api/auth/login', guess)).status);
  }
  expect(statuses).toEqual([...Array<number>(10).fill(401), 429, 429]);
});

it('metrics count by route and status, and are not served through a proxy', async () => {
  const metrics = await (await fetch(`${other.url}/metrics`)).text();
  expect(metrics).toMatch(
    /crmflow_http_request_seconds_count\{method="POST",route="\/api\/workflows\/:id\/runs",status="200"\} \d/,
  );
  expect(metrics).toMatch(/crmflow_open_runs\{status="waiting"\} \d/);
  expect(metrics).toMatch(/crmflow_events_sent_total\{event="system:waiting_for_input"\} \d/);
  expect(metrics).toMatch(/crmflow_feed_lag_seconds_count [1-9]/);
  expect(metrics).not.toMatch(/run-[0-9a-f]{8}|@example\.com/);
  const headers = { 'x-forwarded-for': '127.0.0.1' };
  expect((await fetch(`${other.url}/metrics`, { headers })).status).toBe(404);
});
