import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EchoServer, startEchoServer } from '../support/echo-server.js';
import { type FakeGemini, startFakeGemini } from '../support/fake-gemini.js';
import { type OwnSystem, startSystem } from '../support/system.js';
import type { World } from './errand-flow.js';
import { killable } from './kill-plan.js';
import { lineOf } from './line-of.js';
import { type Aftermath, weather } from './storm.js';

const storm = { seed: 20261122, conversations: 20, turns: 6, killsOfEach: 5 };

const world: World = {
  answer: (prompt) => `${prompt} — certainly, in many words that stream one by one.`,
  receipt: (order) => ({ received: order }),
};

describe('twenty conversations while every part is killed again and again', () => {
  let system: OwnSystem;
  let gemini: FakeGemini;
  let echo: EchoServer;
  let aftermaths: Aftermath[];
  let killed: string[];
  let snapshots: Awaited<ReturnType<typeof readSnapshots>>;

  const readSnapshots = (client: Awaited<ReturnType<typeof weather>>['client']) =>
    Promise.all(aftermaths.map(({ conversation }) => client.snapshot(conversation.runId)));

  beforeAll(async () => {
    gemini = await startFakeGemini({ answer: world.answer, chunks: 8 });
    echo = await startEchoServer({ answer: (body) => world.receipt(body as never) });
    system = await startSystem({
      env: {
        GEMINI_API_KEY: 'fake-key',
        GEMINI_BASE_URL: gemini.url,
        CRMFLOW_EGRESS_ALLOW: new URL(echo.url).host,
      },
    });
    const result = await weather(storm, { system, gemini, echo, world });
    ({ aftermaths, killed } = result);
    snapshots = await readSnapshots(result.client);
  }, 900_000);

  afterAll(async () => {
    for (const { conversation } of aftermaths ?? []) conversation.socket.close();
    await system?.stop();
    await Promise.all([gemini?.close(), echo?.close()]);
  });

  it('killed each part as often as planned', () => {
    for (const part of killable) {
      expect(killed.filter((one) => one === part)).toHaveLength(storm.killsOfEach);
    }
  });

  it('logged the one right story of each', () => {
    for (const { log, right } of aftermaths) {
      expect(log.map(lineOf)).toEqual(right.map(lineOf));
      expect(log.map((event) => event.seq)).toEqual(right.map((_, i) => i + 1));
    }
  });

  it('told each socket what is logged, once and in order', () => {
    for (const { conversation, log } of aftermaths) {
      expect(conversation.faults).toEqual([]);
      expect(conversation.told.map(({ payload }) => payload)).toEqual(
        log.map(({ type: _, data, ...event }) => ({ ...event, ...data })),
      );
    }
  });

  it('shows the same in each snapshot', () => {
    for (const [i, { log }] of aftermaths.entries()) {
      const snapshot = snapshots[i];
      expect(snapshot?.status).toBe('completed');
      expect(snapshot?.lastSeq).toBe(log.length);
      expect(snapshot?.messages.map(({ id, role, text }) => ({ id, role, text }))).toEqual(
        log.flatMap((event) => (event.type === 'message' ? [event.data] : [])),
      );
    }
  });

  it('called each integration with its key, and never again once it was recorded', () => {
    const keys = new Set(
      aftermaths.flatMap(({ conversation }) =>
        Array.from({ length: storm.turns }, (_, turn) => `${conversation.runId}:order:${turn + 1}`),
      ),
    );
    const recordedAt = new Map<string, number>(
      aftermaths.flatMap(({ conversation, log }) =>
        log.flatMap((event) =>
          event.type === 'node.completed' && event.nodeId === 'order'
            ? [[`${conversation.runId}:order:${event.visit}`, Date.parse(event.at)] as const]
            : [],
        ),
      ),
    );
    expect(new Set(echo.requests.map((request) => request.idempotencyKey))).toEqual(keys);
    const repeated = echo.requests.filter(
      ({ idempotencyKey, at }) => at > (recordedAt.get(idempotencyKey ?? '') ?? 0),
    );
    expect(repeated).toEqual([]);
  });
});
