import { DefaultLogger, Runtime } from '@temporalio/worker';
import { say } from '../../scripts/boot/say.mjs';
import { engine } from './paths/engine.js';
import { expression } from './paths/expression.js';
import { firstToken } from './paths/first-token.js';
import { knowledge } from './paths/knowledge.js';
import { listing } from './paths/listing.js';
import { log } from './paths/log.js';
import { recall } from './paths/recall.js';
import { reply } from './paths/reply.js';
import { openStand, type Stand } from './stand.js';
import { type Line, tableOf } from './table.js';

const paths: Record<string, (stand: Stand) => Promise<Line[]>> = {
  engine,
  reply,
  'first-token': firstToken,
  log,
  listing,
  expression,
  recall,
  knowledge,
};

/**
 * Measures hot paths against their floors and prints a table. It judges nothing: on a busy machine
 * only the ratios say something.
 * @param names which ones; none: all
 */
export async function main(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !(name in paths));
  if (unknown.length > 0) {
    throw new Error(
      `There is no ${unknown.join(', ')} to measure; there are ${Object.keys(paths).join(', ')}.`,
    );
  }
  Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
  const stand = await openStand();
  const lines: Line[] = [];
  try {
    for (const [name, path] of Object.entries(paths)) {
      if (names.length > 0 && !names.includes(name)) continue;
      say(`Measuring ${name} …`);
      const measured = await path(stand);
      say(tableOf(measured));
      lines.push(...measured);
    }
  } finally {
    await stand.close();
  }
  say(`\n${tableOf(lines)}`);
}
