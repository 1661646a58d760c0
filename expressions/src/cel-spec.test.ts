import { readFileSync } from 'node:fs';
import type { Json } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { evaluate } from './expression.js';
import { FlowFault } from './fault.js';

type Case = { name: string; expr: string } & ({ value: Json } | { error: true });

const file = new URL('../test/cel-spec/cases.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: Case[] };

/** Where we differ from the specification, and why. */
const deviations: [RegExp, string][] = [
  [/_escapes$/, 'NUL cannot be stored, so it is refused in literals'],
  [
    /\/(not_lt|gte)_dyn_int_big_lossy_double$|\/not_gt_dyn_big_double_int$|\/lte_dyn_big_double_int$/,
    'an int and a double are compared exactly, not rounded first',
  ],
  [/conversions\/type\/type_(denotation|type)$/, 'a type has no name of its own type'],
  [
    /logic\/(AND|OR)\/short_circuit_type/,
    'an operand that can never be a bool is found before a run',
  ],
  [/math_ext\/.*\/dyn_error$/, 'rounding takes ints too, because JSON does not tell 1 from 1.0'],
  [/toType_(timestamp|duration)$/, 'types of time have short names'],
  [/sub_time_duration_(over|under)$/, 'durations are not bound to 64 bits of nanoseconds'],
];

function outcome(expr: string): { value: Json } | { error: true } {
  try {
    return { value: evaluate(expr, { vars: {}, input: {}, run: {}, messages: [] }) };
  } catch (error) {
    if (error instanceof FlowFault) return { error: true };
    throw error;
  }
}

describe('the CEL specification', () => {
  const conforming = cases.filter(({ name }) => !deviations.some(([known]) => known.test(name)));

  it('is nearly all covered', () => {
    expect(conforming.length).toBeGreaterThan(0.94 * cases.length);
  });

  it.each(conforming)('$name', ({ expr, ...expected }) => {
    const result = outcome(expr);
    // JSON does not tell 0 from -0.
    expect(JSON.parse(JSON.stringify(result))).toEqual(
      'value' in expected ? { value: expected.value } : { error: true },
    );
  });

  it.each(deviations)('differs where it is meant to: %s', (known) => {
    const differing = cases.filter(({ name }) => known.test(name));
    expect(differing.length).toBeGreaterThan(0);
    for (const { name, expr, ...expected } of differing) {
      const wanted = 'value' in expected ? { value: expected.value } : { error: true };
      if (!name.endsWith('_escapes')) expect(outcome(expr), name).not.toEqual(wanted);
    }
  });
});
