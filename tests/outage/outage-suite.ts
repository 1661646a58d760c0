import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, register } from '../support/client.js';
import { type Conversation, converse } from '../support/conversation.js';
import { type Database, startDatabase } from '../support/database.js';
import { ask, node, row, say } from '../support/flows.js';
import { spoken } from '../support/story.js';
import { type OwnSystem, startSystem } from '../support/system.js';
import { type TcpProxy, startTcpProxy } from '../support/tcp-proxy.js';
import { temporalOf } from '../support/temporal-of.js';

/** How long the database is away, and how many runs go on meanwhile. */
export type OutageSize = { outageMs: number; running: number };

const flow = row([
  ask('first'),
  node('nap', 'logic', { kind: 'wait', duration: 'PT10S' }),
  say('awake', 'Awake, {{ vars.first }}.'),
  ask('second'),
  say('bye', 'Bye, {{ vars.second }}.'),
]);

/** An installation whose database goes away and comes back. */
export function testOutage({ outageMs, running }: OutageSize): void {
  describe(`${outageMs / 1000} s without the database, with ${running} open runs`, () => {
    let database: Database;
    let proxy: TcpProxy;
    let system: OwnSystem;
    let client: Client;
    let pids: (number | undefined)[];
    let going: Conversation[];
    let idle: Conversation[];
    let fresh: Conversation;
    const refusals: { status: number; code: unknown }[] = [];
    const viewStatuses: string[] = [];

    const partsNow = () => [system.pidOf('api'), system.pidOf('worker')];
    const start = (workflowId: string) => converse(client, { workflowId, version: 'draft' });
    const many = (count: number, workflowId: string) =>
      Promise.all(Array.from({ length: count }, () => start(workflowId)));

    async function lookOn(): Promise<void> {
      const temporal = await temporalOf(system);
      const end = Date.now() + outageMs;
      while (Date.now() < end) {
        for (const { runId } of idle) {
          const { body, status } = await client.call('GET', `/api/runs/${runId}`);
          refusals.push({ status, code: body['code'] });
          const sent = { message: 'hello', messageId: 'lost' };
          const answer = await client.call('POST', `/api/runs/${runId}/messages`, sent);
          refusals.push({ status: answer.status, code: answer.body['code'] });
          const view = await temporal.workflow.getHandle(runId).query<{ status: string }>('view');
          viewStatuses.push(view.status);
          await sleep(200);
        }
      }
      await temporal.connection.close();
    }

    beforeAll(async () => {
      database = await startDatabase();
      proxy = await startTcpProxy(database.port);
      const url = new URL(database.url);
      url.port = String(proxy.port);
      system = await startSystem({ env: { DATABASE_URL: url.href } });
      client = await register(system.url);
      const workflowId = await client.save(flow);
      going = await many(running, workflowId);
      idle = await many(10, workflowId);
      await Promise.all([...going, ...idle].map((one) => one.see('system:waiting_for_input')));
      await Promise.all(going.map((one, i) => one.say(`Ada ${i}`)));
      pids = partsNow();
      await proxy.cut();
      await lookOn();
      await proxy.restore();
      const back = Date.now();
      fresh = await start(workflowId);
      await fresh.see('system:waiting_for_input');
      const freshMs = Date.now() - back;
      const isSecond = (payload: Record<string, unknown>) => payload['nodeId'] === 'second';
      await Promise.all(going.map((one) => one.see('system:waiting_for_input', isSecond)));
      const caughtUpMs = Date.now() - back;
      await Promise.all(going.map((one, i) => one.say(`Bob ${i}`)));
      await Promise.all(going.map((one) => one.finished()));
      process.stdout.write(
        `after the outage: a new run waited after ${freshMs} ms, all ${running} caught up after ${caughtUpMs} ms and were over after ${Date.now() - back} ms\n`,
      );
    }, 300_000);

    afterAll(async () => {
      client?.close();
      await system?.stop();
      await proxy?.cut();
      await database?.stop();
    });

    it('API and worker keep running', () => {
      expect(partsNow()).toEqual(pids);
    });

    it('the API answers that the database is unavailable', () => {
      expect(refusals.length).toBeGreaterThan(0);
      for (const refusal of refusals) {
        expect(refusal).toEqual({ status: 503, code: 'database_unavailable' });
      }
    });

    it('the workflows keep answering queries', () => {
      expect(viewStatuses.length).toBeGreaterThan(0);
      expect(new Set(viewStatuses)).toEqual(new Set(['waiting']));
    });

    it('every run completes, and no event is lost or sent twice', async () => {
      for (const [i, run] of going.entries()) {
        expect(spoken(run)).toEqual([
          `user: Ada ${i}`,
          `system: Awake, Ada ${i}.`,
          `user: Bob ${i}`,
          `system: Bye, Bob ${i}.`,
        ]);
        expect(run.faults).toEqual([]);
        expect(run.live.filter(({ event }) => event === 'run:rewound')).toEqual([]);
        const log = await client.events(run.runId);
        expect(log.map(({ seq }) => seq)).toEqual(run.told.map(({ payload }) => payload.seq));
        expect((await client.snapshot(run.runId)).status).toBe('completed');
      }
    });

    it('accepts again what was refused', async () => {
      for (const run of idle) {
        expect(await run.say('hello', 'lost')).toEqual(
          expect.objectContaining({ accepted: true, duplicate: false }),
        );
      }
    });

    it('leaves no rejection unhandled', () => {
      for (const part of ['api', 'worker']) {
        const log = readFileSync(join(system.dataDir, 'logs', `${part}.log`), 'utf8');
        expect(log).not.toContain('Unhandled promise rejection');
      }
    });
  });
}
