import { setTimeout as sleep } from 'node:timers/promises';
import { log } from '../../../scripts/boot/log.mjs';
import { startFakeGemini } from '../../../tests/support/fake-gemini.js';
import { type Client, register } from '../../../tests/support/client.js';
import { quantile } from '../../../tests/support/quantile.js';
import { startSite } from '../../../tests/support/site.js';
import { type OwnSystem, startSystem } from '../../../tests/support/system.js';
import { attacks, type Round } from './attacks.js';
import { type Footprint, footprintOf, parts } from './footprint.js';
import { spawnTalk } from './spawn-talk.js';

const conversations = 20;
const seconds = Number(process.env['CRMFLOW_BENCH_SECONDS'] ?? 15);
/** How long it may take until replies are as quick as before. */
const recoverySeconds = 60;
const aim = 3;

type Result = {
  name: string;
  idle: number;
  attacked: number;
  codes: Map<string, number>;
  before: Footprint;
  most: Footprint['memory'];
  after: Footprint;
  /** Until p95 was below twice the idle one; undefined: not within the limit. */
  recoverySeconds: number | undefined;
};

const p95 = (times: readonly number[]) => quantile(times, 0.95);

/** Repeats an attack for some time, several rounds at once, and looks at the memory meanwhile. */
async function attackFor(round: Round, ended: AbortController, system: OwnSystem) {
  const codes = new Map<string, number>();
  const most = { ...footprintOf(system).memory };
  const attack = async () => {
    while (!ended.signal.aborted) {
      for (const code of await round()) codes.set(code, (codes.get(code) ?? 0) + 1);
      // Where all is refused at once, our own process would be what is slow.
      await sleep(20);
    }
  };
  const under = Promise.all([attack(), attack()]);
  for (let second = 0; second < seconds; second += 1) {
    await Promise.race([sleep(1_000), under]);
    const { memory } = footprintOf(system);
    for (const part of parts) most[part] = Math.max(most[part], memory[part]);
  }
  ended.abort();
  return { codes, most, done: under };
}

function tableOfResults(results: readonly Result[]): string {
  const lines = results.map((one) => {
    const codes = [...one.codes].map(([code, count]) => `${code} × ${count}`).join(', ');
    const memory = parts.map((part) =>
      [one.before.memory[part], one.most[part], one.after.memory[part]].map(Math.round).join(' / '),
    );
    return [
      one.name,
      `${one.idle.toFixed(0)} ms`,
      `${one.attacked.toFixed(0)} ms`,
      (one.attacked / one.idle).toFixed(1),
      one.recoverySeconds === undefined ? `> ${recoverySeconds} s` : `${one.recoverySeconds} s`,
      ...memory,
      `${(one.after.disk - one.before.disk).toFixed(0)} MB`,
      codes,
    ];
  });
  const head = [
    ...['attack', 'p95 idle', 'p95 attacked', `ratio (aim ≤ ${aim})`, 'quick again after'],
    ...parts.map((part) => `MB of ${part}`),
    ...['disk', 'answers to the attacker'],
  ];
  return [head, head.map(() => '---'), ...lines].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/**
 * Twenty conversations of one account, while another account or a stranger attacks: how much longer
 * a reply takes, and what memory and disk each attack costs (before, most, after).
 * @param names which attacks; none: all
 * @returns a table
 */
export async function measureAttacks(names: readonly string[]): Promise<string> {
  const gemini = await startFakeGemini({ chunks: 8, gap: 5 });
  const site = await startSite();
  const env = {
    ...{ GEMINI_API_KEY: 'fake', GEMINI_BASE_URL: gemini.url, CRMFLOW_EGRESS_ALLOW: site.host },
    ...{ CRMFLOW_RATE_LIMITS: 'on', CRMFLOW_REGISTRATION: 'open', LOG_LEVEL: 'warn' },
  };
  const system = await startSystem({ env });
  const results: Result[] = [];
  try {
    const talk = await spawnTalk(system.url, conversations);
    await sleep(5_000);
    const measure = async (forMs: number) => {
      const from = Date.now();
      await sleep(forMs);
      return p95(await talk.times(from, from + forMs));
    };
    const chosen = Object.entries(attacks).filter(
      ([name]) => names.length === 0 || names.some((part) => name.includes(part)),
    );
    // All before the first attack: one of them uses up what this address may register.
    const attackers = await Promise.all(chosen.map(() => register(system.url)));
    for (const [i, [name, prepare]] of chosen.entries()) {
      const attacker = attackers[i] as Client;
      const ended = new AbortController();
      const round = await prepare(attacker, site, ended.signal);
      await sleep(2_000);
      const before = footprintOf(system);
      const idle = await measure(8_000);
      const from = Date.now();
      const { codes, most, done } = await attackFor(round, ended, system);
      const to = Date.now();
      const attacked = p95(await talk.times(from, to));
      await Promise.race([done, sleep(60_000)]);
      let recovered: number | undefined;
      while (recovered === undefined && Date.now() - to < recoverySeconds * 1_000) {
        if ((await measure(3_000)) < 2 * idle) {
          recovered = Math.max(0, Math.round((Date.now() - to) / 1_000) - 3);
        }
      }
      attacker.close();
      const after = footprintOf(system);
      results.push({
        name,
        idle,
        attacked,
        codes,
        before,
        most,
        after,
        recoverySeconds: recovered,
      });
      log(tableOfResults(results.slice(-1)).split('\n').at(-1) ?? '');
    }
    talk.stop();
  } finally {
    await system.stop();
    await gemini.close();
    await site.close();
  }
  return tableOfResults(results);
}
