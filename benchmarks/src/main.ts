import { DefaultLogger, Runtime } from '@temporalio/worker';
import { log as print } from '../../scripts/boot/log.mjs';
import { measureAttacks } from './attacks/measure-attacks.js';
import { editor } from './paths/editor.js';
import { engine } from './paths/engine.js';
import { expression } from './paths/expression.js';
import { extraction } from './paths/extraction.js';
import { firstToken } from './paths/first-token.js';
import { hooks } from './paths/hooks.js';
import { knowledge } from './paths/knowledge.js';
import { listing } from './paths/listing.js';
import { inbox } from './paths/inbox.js';
import { log } from './paths/log.js';
import { proof } from './paths/proof.js';
import { recall } from './paths/recall.js';
import { reply } from './paths/reply.js';
import { wholeRuns } from './paths/whole-runs.js';
import { measureVisitors } from './visitors/measure-visitors.js';
import { openHarness, type Harness } from './harness.js';
import { type Line, tableOf } from './table.js';

const paths: Record<string, (harness: Harness) => Promise<Line[]>> = {
  engine,
  'whole-runs': wholeRuns,
  reply,
  'first-token': firstToken,
  log,
  listing,
  inbox,
  expression,
  recall,
  knowledge,
  proof,
  hooks,
};

/** What needs no installation. */
const alone: Record<string, () => Promise<Line[]>> = { editor, extraction };

/** What has an installation and a table of its own, and takes minutes: measured where it is named. */
const named = { attacks: measureAttacks, visitors: measureVisitors };

/**
 * Measures hot paths against their floors and prints a table. It judges nothing: on a busy machine
 * only the ratios say something.
 * @param names which ones; none: all but the named; `attacks`, and then which ones; `visitors`, and then
 *   how many
 */
export async function main(names: readonly string[]): Promise<void> {
  const [first = '', ...rest] = names;
  if (first in named) {
    print(`\n${await named[first as keyof typeof named](rest)}`);
    return;
  }
  const known = [...Object.keys(paths), ...Object.keys(alone), ...Object.keys(named)];
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new Error(`There is no ${unknown.join(', ')} to measure; there are ${known.join(', ')}.`);
  }
  const isAsked = (name: string) => names.length === 0 || names.includes(name);
  const lines: Line[] = [];
  const measure = async (name: string, path: () => Promise<Line[]>) => {
    if (!isAsked(name)) return;
    print(`Measuring ${name} …`);
    const measured = await path();
    print(tableOf(measured));
    lines.push(...measured);
  };
  for (const [name, path] of Object.entries(alone)) await measure(name, () => path());
  if (Object.keys(paths).some(isAsked)) {
    Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
    const harness = await openHarness();
    try {
      for (const [name, path] of Object.entries(paths)) await measure(name, () => path(harness));
    } finally {
      await harness.close();
    }
  }
  print(`\n${tableOf(lines)}`);
}
