import {
  createServer,
  type IncomingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type DeliveryAttempt, outboundTypes } from '@crmflow/contracts';
import { useDatabase } from '@crmflow/db/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { quietEnvironment, runIn } from '../../test/quiet-environment.js';
import { createEgress, type Egress } from '../egress/egress.js';
import { createDeliverEvents } from './deliver-events.js';
import { signedHeaders } from './sign.js';

const database = useDatabase();

type Got = { headers: IncomingHttpHeaders; body: string };
type Answer = (response: ServerResponse, got: Got) => void;

const status =
  (code: number, headers: Record<string, string> = {}, body = ''): Answer =>
  (response) =>
    response.writeHead(code, headers).end(body);

let server: Server;
let egress: Egress;
let url: string;
let got: Got[] = [];
let answer: Answer;
beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one = { headers: request.headers, body: Buffer.concat(chunks).toString() };
      got.push(one);
      answer(response, one);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  url = `http://127.0.0.1:${port}/events`;
  egress = createEgress({ allow: [`127.0.0.1:${port}`] });
});
afterAll(async () => {
  await egress.close();
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  got = [];
  answer = status(204);
});

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
let secrets = [secret];

/** Delivers what is due, as the worker does. */
const deliver = (endpointId: string) =>
  runIn(
    quietEnvironment(),
    createDeliverEvents({
      ...{ pool: database.pool, egress, now: Date.now, random: () => 0 },
      openEndpointSecrets: () => Promise.resolve(secrets),
    }),
    endpointId,
  );

/** A workspace with endpoints at the receiver. */
async function newEndpoints(count = 1): Promise<{ workspaceId: string; endpoints: string[] }> {
  const workspaceId = randomUUID();
  const endpoints = Array.from({ length: count }, () => randomUUID());
  await database.pool.query(`INSERT INTO "Workspace" (id, name) VALUES ($1, 'Team')`, [
    workspaceId,
  ]);
  for (const id of endpoints) {
    await database.pool.query(
      'INSERT INTO "Endpoint" (id, "workspaceId", url, types) VALUES ($1, $2, $3, $4)',
      [id, workspaceId, url, outboundTypes],
    );
  }
  return { workspaceId, endpoints };
}

/** Something happens: a contact of this name. */
const happen = (workspaceId: string, name: string) =>
  database.pool.query('INSERT INTO "Contact" (id, "workspaceId", name) VALUES ($1, $2, $3)', [
    ...[randomUUID(), workspaceId, name],
  ]);

type State = { name: string; status: string; reason: string | null; attempts: DeliveryAttempt[] };

async function statesOf(endpointId: string): Promise<State[]> {
  const { rows } = await database.pool.query<State>(
    `SELECT event.data->'contact'->>'name' AS name, d.status, d.reason, d.attempts
       FROM "EventDelivery" d JOIN "OutboundEvent" event ON event.id = d."eventId"
      WHERE d."endpointId" = $1 ORDER BY d.id`,
    [endpointId],
  );
  return rows;
}

async function endpointOf(id: string) {
  const { rows } = await database.pool.query<{
    enabled: boolean;
    disabledBecause: string | null;
    restsUntil: Date | null;
    failingSince: Date | null;
  }>('SELECT * FROM "Endpoint" WHERE id = $1', [id]);
  return rows[0]!;
}

/** Moves the clock of an endpoint on: all that waits for a time gets that much older. */
async function pass(endpointId: string, interval: string): Promise<void> {
  await database.pool.query(
    `UPDATE "Endpoint" SET "restsUntil" = "restsUntil" - $2::interval,
       "failingSince" = "failingSince" - $2::interval WHERE id = $1`,
    [endpointId, interval],
  );
  await database.pool.query(
    `UPDATE "EventDelivery" SET "nextAttemptAt" = "nextAttemptAt" - $2::interval
      WHERE "endpointId" = $1`,
    [endpointId, interval],
  );
}

const namesGot = () =>
  got.map(({ body }) => {
    const { data } = JSON.parse(body) as { data: { contact: { name: string } } };
    return data.contact.name;
  });

describe('delivering events', () => {
  it('sends each once, in order, signed', async () => {
    const { workspaceId, endpoints } = await newEndpoints();
    const [id = ''] = endpoints;
    for (const name of ['a', 'b', 'c']) await happen(workspaceId, name);
    expect(await deliver(id)).toBe('done');
    expect(await deliver(id)).toBe('done');
    expect(namesGot()).toEqual(['a', 'b', 'c']);
    expect((await statesOf(id)).map((one) => one.status)).toEqual(Array(3).fill('delivered'));
    for (const { headers, body } of got) {
      expect(JSON.parse(body)).toMatchObject({ type: 'contact.created' });
      const signed = {
        id: headers['webhook-id'] as string,
        timestamp: Number(headers['webhook-timestamp']),
        body,
      };
      expect(headers).toMatchObject(signedHeaders([secret], signed));
      expect(headers['content-type']).toBe('application/json');
    }
  });

  it('keeps the order over an hour in which the receiver is down', async () => {
    const { workspaceId, endpoints } = await newEndpoints();
    const [id = ''] = endpoints;
    answer = (response) => response.destroy();
    await happen(workspaceId, 'a');
    await deliver(id);
    for (const name of ['b', 'c']) await happen(workspaceId, name);
    for (const pause of ['5 seconds', '5 minutes', '30 minutes']) {
      // Nothing is sent before its time.
      const before = got.length;
      await deliver(id);
      expect(got).toHaveLength(before);
      await pass(id, pause);
      await deliver(id);
      expect(got).toHaveLength(before + 1);
    }
    expect(new Set(namesGot())).toEqual(new Set(['a']));
    expect((await endpointOf(id)).failingSince).not.toBeNull();
    answer = status(200);
    await pass(id, '2 hours');
    await happen(workspaceId, 'd');
    await deliver(id);
    expect(namesGot().slice(-4)).toEqual(['a', 'b', 'c', 'd']);
    const [first] = await statesOf(id);
    expect(first?.attempts.map((one) => one.status)).toEqual([null, null, null, null, 200]);
    expect(first?.attempts[0]?.error).toMatch(/connection was closed/);
    // The same event each time, with a signature of its own.
    const ofFirst = got.filter((_, n) => namesGot()[n] === 'a').map(({ headers }) => headers);
    expect(new Set(ofFirst.map((headers) => headers['webhook-id'])).size).toBe(1);
    expect((await endpointOf(id)).failingSince).toBeNull();
  });

  it('lets the others pass an event that keeps failing, and gives it up after a day', async () => {
    const { workspaceId, endpoints } = await newEndpoints(2);
    const [id = '', other = ''] = endpoints;
    answer = (response, { body }) =>
      status(body.includes('"bad"') ? 500 : 200, {}, 'Oops')(response, { headers: {}, body });
    await happen(workspaceId, 'bad');
    await happen(workspaceId, 'good');
    await deliver(id);
    for (const pause of ['5 seconds', '5 minutes', '30 minutes', '2 hours']) {
      expect(namesGot()).not.toContain('good');
      await pass(id, pause);
      await deliver(id);
    }
    expect(namesGot()).toContain('good');
    for (const pause of ['5 hours', '10 hours', '10 hours']) {
      await pass(id, pause);
      await deliver(id);
    }
    const [bad, good] = await statesOf(id);
    expect(bad).toMatchObject({ status: 'undelivered', reason: 'exhausted' });
    expect(bad?.attempts).toHaveLength(8);
    expect(bad?.attempts[0]).toMatchObject({ status: 500, answer: 'Oops', error: null });
    expect(good?.status).toBe('delivered');
    // The other endpoint hears of it, once; this one does not.
    const { rows } = await database.pool.query<{ endpointId: string; data: object }>(
      `SELECT d."endpointId", event.data FROM "EventDelivery" d
         JOIN "OutboundEvent" event ON event.id = d."eventId"
        WHERE event."workspaceId" = $1 AND event.type = 'delivery.failed'`,
      [workspaceId],
    );
    expect(rows).toMatchObject([
      { endpointId: other, data: { endpointId: id, reason: 'exhausted', undelivered: 1 } },
    ]);
  });

  it('tells nobody that a delivery.failed has failed', async () => {
    const { workspaceId, endpoints } = await newEndpoints(2);
    const [id = ''] = endpoints;
    await database.pool.query(
      `SELECT record_event($1, 'evt_' || $1, 'delivery.failed', now(), '{}', NULL, NULL, NULL)`,
      [workspaceId],
    );
    answer = status(410);
    await deliver(id);
    const { rows } = await database.pool.query(
      'SELECT id FROM "OutboundEvent" WHERE "workspaceId" = $1',
      [workspaceId],
    );
    expect(rows).toHaveLength(1);
  });

  it.each([301, 302, 303, 307, 308])(
    'takes %i for a failure and follows it nowhere',
    async (code) => {
      const { workspaceId, endpoints } = await newEndpoints();
      answer = status(code, { location: `${url}/elsewhere` });
      await happen(workspaceId, 'a');
      await deliver(endpoints[0] ?? '');
      expect(got).toHaveLength(1);
      const [state] = await statesOf(endpoints[0] ?? '');
      expect(state).toMatchObject({ status: 'pending', attempts: [{ status: code }] });
    },
  );

  it('410 disables the endpoint: what waits is undelivered, and nothing new is kept', async () => {
    const { workspaceId, endpoints } = await newEndpoints();
    const [id = ''] = endpoints;
    answer = status(410, {}, 'Gone');
    for (const name of ['a', 'b']) await happen(workspaceId, name);
    expect(await deliver(id)).toBe('done');
    await happen(workspaceId, 'c');
    expect(got).toHaveLength(1);
    expect(await endpointOf(id)).toMatchObject({ enabled: false, disabledBecause: 'gone' });
    expect(await statesOf(id)).toMatchObject([
      { name: 'a', status: 'undelivered', reason: 'disabled' },
      { name: 'b', status: 'undelivered', reason: 'disabled', attempts: [] },
    ]);
  });

  it('disables an endpoint at which nothing succeeded for days', async () => {
    const { workspaceId, endpoints } = await newEndpoints();
    const [id = ''] = endpoints;
    answer = status(500);
    await happen(workspaceId, 'a');
    await deliver(id);
    await pass(id, '73 hours');
    await deliver(id);
    expect(await endpointOf(id)).toMatchObject({ enabled: false, disabledBecause: 'failing' });
  });

  it.each([429, 503])('%i: waits as long as Retry-After says', async (code) => {
    const { workspaceId, endpoints } = await newEndpoints();
    const [id = ''] = endpoints;
    answer = status(code, { 'retry-after': '3600' });
    await happen(workspaceId, 'a');
    await deliver(id);
    const aheadMs = ((await endpointOf(id)).restsUntil?.getTime() ?? 0) - Date.now();
    expect(aheadMs).toBeGreaterThan(3_000_000);
    expect(aheadMs).toBeLessThanOrEqual(3_600_000);
  });

  it('counts a 2xx whose body never ends, or is a bomb of text', async () => {
    const { workspaceId, endpoints } = await newEndpoints();
    const [id = ''] = endpoints;
    answer = (response, { body }) => {
      if (body.includes('"slow"')) response.writeHead(200).write('so far');
      else response.writeHead(200).end('x'.repeat(1_000_000));
    };
    for (const name of ['slow', 'large']) await happen(workspaceId, name);
    await deliver(id);
    const [slow, large] = await statesOf(id);
    expect(slow).toMatchObject({ status: 'delivered', attempts: [{ answer: 'so far' }] });
    expect(large?.status).toBe('delivered');
    expect(large?.attempts[0]?.answer.length).toBeLessThanOrEqual(1_000);
  });

  it('sends the same event again where the worker dies between sending and noting', async () => {
    const { workspaceId, endpoints } = await newEndpoints();
    const [id = ''] = endpoints;
    await happen(workspaceId, 'a');
    const environment = quietEnvironment();
    answer = (response) => {
      environment.cancel();
      response.writeHead(200).end();
    };
    const work = createDeliverEvents({
      ...{ pool: database.pool, now: Date.now, random: () => 0 },
      egress: {
        ...egress,
        async fetch(request) {
          await egress.fetch({ ...request, signal: new AbortController().signal });
          throw new Error('killed');
        },
      },
      openEndpointSecrets: () => Promise.resolve(secrets),
    });
    await expect(runIn(environment, work, id)).rejects.toThrow();
    expect(await statesOf(id)).toMatchObject([{ status: 'pending', attempts: [] }]);
    answer = status(200);
    await deliver(id);
    expect(new Set(got.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(got).toHaveLength(2);
    expect(await statesOf(id)).toMatchObject([
      { status: 'delivered', attempts: [{ status: 200 }] },
    ]);
  });

  it('signs by both secrets while one is replaced, and sends nothing without any', async () => {
    const { workspaceId, endpoints } = await newEndpoints();
    const [id = ''] = endpoints;
    secrets = [`whsec_${Buffer.alloc(24, 1).toString('base64')}`, secret];
    await happen(workspaceId, 'a');
    await deliver(id);
    expect(got[0]?.headers['webhook-signature']).toMatch(/^v1,\S+ v1,\S+$/);
    secrets = [];
    await happen(workspaceId, 'b');
    await deliver(id);
    expect(got).toHaveLength(1);
    expect((await statesOf(id))[1]?.attempts[0]?.error).toMatch(/secret/);
    secrets = [secret];
  });

  it('refuses an address of the inner network, whatever was checked before', async () => {
    const { workspaceId, endpoints } = await newEndpoints();
    const [id = ''] = endpoints;
    await database.pool.query(`UPDATE "Endpoint" SET url = 'http://127.0.0.1:1/' WHERE id = $1`, [
      id,
    ]);
    await happen(workspaceId, 'a');
    await deliver(id);
    const [state] = await statesOf(id);
    expect(state).toMatchObject({ status: 'pending', attempts: [{ status: null }] });
    expect(state?.attempts[0]?.error).toMatch(/not allowed|refus|private/i);
  });
});
