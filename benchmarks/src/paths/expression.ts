import { evaluate } from '@crmflow/expressions';
import { inTurns, median, took } from '../measure.js';
import type { Line } from '../table.js';

const rounds = 40;
const perRound = 5_000;

const scope = {
  vars: { total: 120, items: ['tea', 'milk'], name: 'Ada' },
  input: {},
  run: {},
  messages: [],
};
const source = 'vars.total > 100 && size(vars.items) == 2 && vars.name != ""';
const plain = ({ vars }: typeof scope) =>
  vars.total > 100 && vars.items.length === 2 && vars.name !== '';

function perCall(work: () => unknown): Promise<number> {
  let kept: unknown;
  return took(() => {
    for (let i = 0; i < perRound; i += 1) kept = work();
    if (kept !== true) throw new Error(`the condition gave ${String(kept)}`);
  }).then((ms) => (ms / perRound) * 1000);
}

/** A condition, metered and safe, against the same in plain JavaScript. */
export async function expression(): Promise<Line[]> {
  const pair = await inTurns(
    rounds,
    {
      path: () => perCall(() => evaluate(source, scope)),
      floor: () => perCall(() => plain(scope)),
    },
    5,
  );
  return [
    {
      what: 'a condition of three terms, against plain JavaScript',
      ...{ path: median(pair.path), floor: median(pair.floor), unit: 'µs' },
    },
  ];
}
