import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from '../../../scripts/boot/paths.mjs';
import { register } from '../../../tests/support/client.js';
import { startTalk, type Talk } from '../../../tests/support/talk.js';

/** What the process of the conversations is asked, and what it says. */
type Question = { from: number; to: number };
type Answer = 'talking' | { times: number[] };

/** Customers think before they reply, or they would be the attack. */
const pauseMs = 400;

/** In the process of the conversations: holds them, and answers until its parent is gone. */
export async function serve(url: string, count: string): Promise<void> {
  const talk = await startTalk(await register(url), { count: Number(count), pauseMs });
  const say = (answer: Answer) => process.send?.(answer);
  process.on('message', ({ from, to }: Question) => {
    void talk.times(from, to).then((times) => say({ times }));
  });
  process.on('disconnect', () => process.exit());
  say('talking');
}

/**
 * Starts conversations of an account of its own: a listen node and three speak nodes, again and
 * again. In a process of their own, so that what the attacker's client takes is not counted.
 */
export async function spawnTalk(url: string, count: number): Promise<Talk> {
  const script = join(root, 'benchmarks/src/attacks/talk-child.mjs');
  const child = fork(script, [url, String(count)], { cwd: root });
  const answer = async () => {
    const [said] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as [Answer];
    if (typeof said === 'number') throw new Error('the conversations ended; see above');
    return said;
  };
  await answer();
  return {
    async times(from, to) {
      child.send({ from, to } satisfies Question);
      const said = await answer();
      return said === 'talking' ? [] : said.times;
    },
    stop: () => child.disconnect(),
  };
}
