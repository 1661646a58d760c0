import type { Json, JsonObject } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { createBudget, createMeter } from './cel/budget.js';
import { evaluate, evaluateWithin } from './expression.js';
import { FlowFault } from './fault.js';
import { engineLimits } from './limits.js';
import { renderHeader } from './template/render-header.js';
import { renderUrl } from './template/render-url.js';
import { renderValue } from './template/render-value.js';
import { renderText } from './template/render.js';

const numbers = (count: number): Json[] => Array.from({ length: count }, (_, i) => i);

/** Units of work that an expression takes, or the code of the fault that stopped it. */
function work(source: string, vars: JsonObject): number | string {
  const budget = createBudget();
  try {
    evaluateWithin(budget, source, { vars, input: {}, run: {}, messages: [] });
  } catch (error) {
    if (error instanceof FlowFault) return error.code;
    throw error;
  }
  return engineLimits.cost - budget.left;
}

/** `cel.bind(a, seed, cel.bind(b, a + a, …))`: twice as long with each step. */
function doubling(seed: string, combine: (name: string) => string, times: number): string {
  const names = Array.from({ length: times + 1 }, (_, i) => `v${i}`);
  const steps = names.slice(1).map((name, i) => `cel.bind(${name}, ${combine(names[i] ?? '')}, `);
  return `cel.bind(v0, ${seed}, ${steps.join('')}size(v${times})${')'.repeat(times + 1)}`;
}

describe('the cost limit', () => {
  const list = numbers(200);
  const text = 'x'.repeat(10_000);

  it.each([
    ['nested loops', 'vars.list.map(x, vars.list.map(y, x * y))', { list }],
    ['nested tests', 'vars.list.all(x, vars.list.all(y, vars.list.exists(z, z == x)))', { list }],
    ['loops that swallow faults', 'vars.list.exists(x, vars.list.exists(y, y.a))', { list }],
    ['doubled texts', doubling('"xxxxxxxx"', (v) => `${v} + ${v}`, 20), {}],
    ['doubled lists', doubling('[1, 2, 3]', (v) => `${v} + ${v}`, 20), {}],
    ['replace', doubling('"xx"', (v) => `${v}.replace("x", ${v})`, 20), {}],
    ['join', doubling('"xx"', (v) => `[${v}, ${v}, ${v}, ${v}].join(${v})`, 20), {}],
    ['split', 'vars.list.map(x, vars.text.split(""))', { list, text }],
    ['long texts in loops', 'vars.list.map(x, vars.text.contains("y"))', { list, text }],
    ['patterns in loops', 'vars.list.all(x, !vars.text.matches("(x|xx|y)+z"))', { list, text }],
    ['comparisons in loops', 'vars.list.all(x, vars.list == vars.list)', { list: numbers(600) }],
  ] as [string, string, JsonObject][])('stops %s', (_what, source, vars) => {
    expect(work(source, vars)).toBe('expression_too_costly');
  });

  it('stops what is small in memory and huge as JSON', () => {
    const doubled = doubling('[1]', (v) => `[${v}, ${v}]`, 20).replace(/size\((v\d+)\)/, '$1');
    expect(work(doubled, {})).toBe('expression_too_costly');
    expect(
      work(doubling('[1]', (v) => `[${v}, ${v}]`, 20).replace(/size\((v\d+)\)/, '$1 == $1'), {}),
    ).toBe('expression_too_costly');
  });

  it('leaves room for what flows do', () => {
    const items = Array.from({ length: 1000 }, (_, n) => ({ name: `item ${n}`, price: 1.5 }));
    expect(
      work('vars.items.filter(i, i.price > 1 && i.name.contains("9")).map(i, i.name)', { items }),
    ).toBeLessThan(engineLimits.cost / 4);
    expect(
      work('vars.age >= 18 && vars.name.startsWith("A")', { age: 20, name: 'Ann' }),
    ).toBeLessThan(20);
  });

  it('grows in step with the work', () => {
    const cost = (count: number) =>
      Number(work('vars.list.exists(x, x < 0)', { list: numbers(count) }));
    expect(cost(2000) / cost(1000)).toBeCloseTo(2, 1);
  });

  it('is the same whether or not something was compiled before', () => {
    const source = 'vars.text.matches(vars.pattern) && vars.text != ""';
    const vars = { text: 'aaab', pattern: '^a+b$' };
    expect(work(source, vars)).toBe(work(source, vars));
  });
});

describe('a meter', () => {
  const list = numbers(100);

  it('limits what many expressions cost together, whatever renders them', () => {
    const meter = createMeter();
    const scope = { vars: { list }, input: {}, run: {}, messages: [], meter };
    const costly = 'vars.list.all(a, vars.list.all(b, a + b >= 0))';
    const ways = [
      () => evaluate(costly, scope),
      () => renderText(`{{ ${costly} }}`, scope),
      () => renderValue([`{{ ${costly} }}`], scope),
      () => renderUrl(`http://x/{{ ${costly} }}`, scope),
      () => renderHeader(`{{ ${costly} }}`, scope),
    ];
    for (const way of ways) {
      const before = meter.spent;
      way();
      expect(meter.spent).toBeGreaterThan(before);
    }
    const again = () => {
      for (let i = 0; i < engineLimits.meteredCost; i += 1) evaluate(costly, scope);
    };
    expect(again).toThrow(/together with the expressions before it/);
    expect(meter.spent).toBeGreaterThan(engineLimits.meteredCost);
  });
});
