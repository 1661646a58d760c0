import { describe, expect, it } from 'vitest';
import type { World } from '../crash/errand-flow.js';
import { lineOf } from '../crash/line-of.js';
import { killable } from '../crash/kill-plan.js';
import { weather } from '../crash/storm.js';
import { startEchoServer } from '../support/echo-server.js';
import { startFakeGemini } from '../support/fake-gemini.js';
import { startSystem } from '../support/system.js';

const seeds = (process.env['CRMFLOW_SOAK_SEEDS'] ?? '1,2,3,4,5,6').split(',').map(Number);
const size = { conversations: 40, turns: 10, killsOfEach: 10 };

const world: World = {
  answer: (prompt) => `${prompt} — certainly, in many words that stream one by one.`,
  receipt: (order) => ({ received: order }),
};

describe('many conversations in storm after storm', () => {
  it.each(seeds)('seed %i: each tells its one right story', async (seed) => {
    const gemini = await startFakeGemini({ answer: world.answer, chunks: 8 });
    const echo = await startEchoServer({ answer: (body) => world.receipt(body as never) });
    const system = await startSystem({
      env: {
        GEMINI_API_KEY: 'fake-key',
        GEMINI_BASE_URL: gemini.url,
        CRMFLOW_EGRESS_ALLOW: new URL(echo.url).host,
      },
    });
    try {
      const { aftermaths, killed, client } = await weather(
        { seed, ...size },
        { system, gemini, echo, world },
      );
      expect(killed).toHaveLength(size.killsOfEach * killable.length);
      for (const { conversation, log, right } of aftermaths) {
        expect(log.map(lineOf)).toEqual(right.map(lineOf));
        expect(conversation.faults).toEqual([]);
        expect(conversation.told.map(({ payload }) => payload.seq)).toEqual(
          log.map(({ seq }) => seq),
        );
        expect((await client.snapshot(conversation.runId)).status).toBe('completed');
      }
      const rewound = aftermaths.flatMap(({ conversation }) =>
        conversation.live.filter(({ event }) => event === 'run:rewound'),
      );
      process.stdout.write(`seed ${seed}: ${killed.length} kills, ${rewound.length} rewinds\n`);
      client.close();
    } finally {
      await system.stop();
      await Promise.all([gemini.close(), echo.close()]);
    }
  });
});
