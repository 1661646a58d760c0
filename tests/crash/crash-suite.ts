import type { RunSnapshot } from '@crmflow/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EchoServer, startEchoServer } from '../support/echo-server.js';
import { type FakeGemini, startFakeGemini } from '../support/fake-gemini.js';
import { type OwnSystem, startSystem } from '../support/system.js';
import { type ChaosResult, type ChaosSize, runUnderKills } from './chaos-run.js';
import { killable } from './kill-plan.js';
import { type Answers, logLineOf } from './order-flow.js';

const answers: Answers = {
  answer: (prompt) => `${prompt} — certainly, in many words that stream one by one.`,
  receipt: (order) => ({ received: order }),
};

/** Conversations while every part is killed again and again, on an installation of their own. */
export function testCrashes(size: ChaosSize): void {
  const { seed, conversations, turns, killsOfEach } = size;
  const title = `${conversations} conversations, each part killed ${killsOfEach} times, seed ${seed}`;

  describe(title, () => {
    let system: OwnSystem;
    let gemini: FakeGemini;
    let echo: EchoServer;
    let results: ChaosResult[];
    let killed: string[];
    let snapshots: RunSnapshot[];

    beforeAll(async () => {
      gemini = await startFakeGemini({ answer: answers.answer, chunks: 8 });
      echo = await startEchoServer({ answer: (body) => answers.receipt(body as never) });
      // From nothing and as it is installed: its database syncs the disk.
      system = await startSystem({
        env: {
          GEMINI_API_KEY: 'fake-key',
          GEMINI_BASE_URL: gemini.url,
          CRMFLOW_EGRESS_ALLOW: new URL(echo.url).host,
        },
      });
      const orderUrl = `${echo.url}/orders`;
      const outcome = await runUnderKills(size, { system, orderUrl, answers });
      ({ results, killed } = outcome);
      const { client } = outcome;
      snapshots = await Promise.all(
        results.map(({ conversation }) => client.snapshot(conversation.runId)),
      );
      const rewinds = results.flatMap(({ conversation }) =>
        conversation.live.filter(({ event }) => event === 'run:rewound'),
      );
      process.stdout.write(`${title}: ${rewinds.length} rewinds\n`);
    }, 900_000);

    afterAll(async () => {
      for (const { conversation } of results ?? []) conversation.socket.close();
      await system?.stop();
      await Promise.all([gemini?.close(), echo?.close()]);
    });

    it('kills each part as often as planned', () => {
      for (const part of killable) {
        expect(killed.filter((one) => one === part)).toHaveLength(killsOfEach);
      }
    });

    it('logs exactly the expected events of each conversation', () => {
      for (const { log, expected } of results) {
        expect(log.map(logLineOf)).toEqual(expected.map(logLineOf));
        expect(log.map((event) => event.seq)).toEqual(expected.map((_, i) => i + 1));
      }
    });

    it('sends each socket what is logged, once and in order', () => {
      for (const { conversation, log } of results) {
        expect(conversation.faults).toEqual([]);
        expect(conversation.told.map(({ payload }) => payload)).toEqual(
          log.map(({ type: _, data, ...event }) => ({ ...event, ...data })),
        );
      }
    });

    it('shows the same in each snapshot', () => {
      for (const [i, { log }] of results.entries()) {
        const snapshot = snapshots[i];
        expect(snapshot?.status).toBe('completed');
        expect(snapshot?.lastSeq).toBe(log.length);
        expect(snapshot?.messages.map(({ id, role, text }) => ({ id, role, text }))).toEqual(
          log.flatMap((event) => (event.type === 'message' ? [event.data] : [])),
        );
      }
    });

    it('calls each integration with its key, and never again once the result is logged', () => {
      const keys = new Set(
        results.flatMap(({ conversation }) =>
          Array.from({ length: turns }, (_, turn) => `${conversation.runId}:order:${turn + 1}`),
        ),
      );
      const recordedAt = new Map<string, number>(
        results.flatMap(({ conversation, log }) =>
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
}
