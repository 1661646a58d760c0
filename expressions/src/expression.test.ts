import { type JsonObject, unknownContact } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { evaluate, evaluateCondition } from './expression.js';
import type { Scope } from './scope.js';

const scope = (vars: JsonObject): Scope => ({
  vars,
  input: { from: 'web' },
  run: { id: 'run-1' },
  messages: [{ role: 'user', text: 'hi' }],
});

const order: JsonObject = {
  price: 9.5,
  count: 3,
  age: 21,
  name: 'Ann',
  items: [{ q: 2 }, { q: 5.5 }],
  nothing: null,
  answer: '21',
};

function ofOrder(source: string) {
  return evaluate(source, scope(order));
}

function fault(source: string, vars: JsonObject = order) {
  try {
    evaluate(source, scope(vars));
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('numbers from JSON', () => {
  it.each([
    ['vars.price * 2', 19],
    ['vars.count + 1', 4],
    ['vars.count + 1.5', 4.5],
    ['2 * vars.price - vars.count', 16],
    ['vars.age / 2', 10],
    ['vars.age / 2.0', 10.5],
    ['vars.age % 2', 1],
    ['-vars.price', -9.5],
    ['vars.count == 3.0', true],
    ['vars.items.map(i, i.q * 2)', [4, 11]],
    ['{"n": vars.count}', { n: 3 }],
    ['vars.count in [1, 2, 3]', true],
    ['math.round(vars.price * 1.19 * 100.0) / 100.0', 11.31],
    ['double(vars.answer) + vars.price', 30.5],
    ['size(vars.items)', 2],
  ])('%s', (source, expected) => {
    expect(ofOrder(source)).toEqual(expected);
  });

  it.each(['vars.age >= 18', 'vars.age > 20.5', 'vars.price < 10', '18 <= vars.age'])(
    'compares %s',
    (source) => {
      expect(evaluateCondition(source, scope(order))).toBe(true);
    },
  );

  it('keeps large numbers that no int can hold exactly', () => {
    expect(evaluate('vars.n', scope({ n: 1e300 }))).toBe(1e300);
    expect(evaluate('vars.n', scope({ n: 2 ** 60 }))).toBe(2 ** 60);
  });

  it('refuses an int that JSON cannot keep exactly', () => {
    expect(fault('9007199254740992 + 1')).toMatchObject({
      code: 'expression_failed',
      message: expect.stringContaining('too large to be kept exactly'),
    });
  });

  it.each(['1.0 / 0.0', 'double("NaN")'])('refuses %s as a result', (source) => {
    expect(fault(source)).toMatchObject({ code: 'expression_failed' });
  });
});

describe('results', () => {
  it.each([
    ['timestamp("2026-01-31T09:30:00+02:00")', '2026-01-31T07:30:00Z'],
    ['timestamp("2026-01-31") + duration("P1DT1H")', '2026-02-01T01:00:00Z'],
    ['duration("1h30m")', 'PT5400S'],
    ['duration("-1.5s")', '-PT1.5S'],
    ['type(vars.name)', 'string'],
    ['{1: "a", true: "b"}', { 1: 'a', true: 'b' }],
    ['vars.items', [{ q: 2 }, { q: 5.5 }]],
    ['messages[0].text', 'hi'],
    ['run.id + input.from', 'run-1web'],
    ['cel.bind(x, vars.count, x * x)', 9],
    ['vars.count > 1 ? vars.name : 0', 'Ann'],
  ])('%s', (source, expected) => {
    expect(ofOrder(source)).toEqual(expected);
  });

  it('names a key that would come twice', () => {
    expect(fault('{1: "a", "1": "b"}')).toMatchObject({
      message: expect.stringContaining('the key "1" twice'),
    });
  });

  it('are at most 64 kB', () => {
    const big = 'x'.repeat(40_000);
    expect(fault('[vars.big, vars.big]', { big })).toMatchObject({ code: 'value_too_large' });
    expect(evaluate('[vars.big]', scope({ big }))).toEqual([big]);
  });
});

describe('what is missing', () => {
  it.each([
    ['vars.nope', 'vars.nope is not set; use has(vars.nope)'],
    ['vars.order.total > 1', 'vars.order is not set; use has(vars.order)'],
    ['vars.items[2].q', 'vars.items[2] does not exist: the list has 2 elements'],
    ['vars["no such"]', 'vars["no such"] is not set'],
    ['vars.name.first', 'vars.name is text and has no field "first"'],
    ['vars.nothing.first', 'vars.nothing is null and has no field "first"'],
  ])('%s', (source, message) => {
    expect(fault(source)).toMatchObject({
      code: 'expression_failed',
      message: expect.stringContaining(message),
    });
  });

  it('can be asked for', () => {
    expect(ofOrder('has(vars.nope)')).toBe(false);
    expect(ofOrder('has(vars.nothing)')).toBe(true);
    expect(ofOrder('has(vars.nope) && vars.nope.x > 1')).toBe(false);
    expect(ofOrder('"name" in vars && !("nope" in vars)')).toBe(true);
  });

  it('does not matter where the other side decides', () => {
    expect(ofOrder('vars.nope || true')).toBe(true);
    expect(ofOrder('vars.nope && false')).toBe(false);
    expect(ofOrder('vars.items.exists(i, i.nope > 1 || i.q == 2)')).toBe(true);
  });
});

describe('prototypes', () => {
  const sly = JSON.parse('{"__proto__": {"x": 1}, "constructor": "own"}') as JsonObject;

  it.each(['__proto__', 'toString', 'hasOwnProperty', 'valueOf'])('%s is never there', (name) => {
    expect(fault(`vars.${name}`, sly)).toMatchObject({ code: 'expression_failed' });
    expect(fault(`vars["${name}"]`, sly)).toMatchObject({ code: 'expression_failed' });
    expect(evaluate(`has(vars.${name}) || "${name}" in vars`, scope(sly))).toBe(false);
  });

  it('constructor is only a key of the data', () => {
    expect(evaluate('vars.constructor', scope(sly))).toBe('own');
    expect(fault('vars.constructor', {})).toMatchObject({ code: 'expression_failed' });
  });

  it('no result has __proto__ as a key that was computed', () => {
    expect(fault('{"__proto__": 1}')).toMatchObject({ code: 'expression_failed' });
    expect(fault('{"__pro" + "to__": 1}')).toMatchObject({ code: 'expression_failed' });
  });
});

describe('types that do not go together', () => {
  it.each([
    ['vars.answer >= 18', 'Write int(…) or double(…) around the text'],
    ['vars.name + vars.count', 'Write string(…) around what isn’t text'],
    ['vars.price % 2', 'Both must be whole numbers'],
    ['int(vars.name)', '"Ann" is not a whole number'],
    ['vars.name.map(x, x)', 'vars.name is text; only lists and maps can be gone through'],
    ['["a", 1].join(",")', 'write .map(x, string(x)) before .join'],
    ['vars.count / 0', 'divides by zero'],
  ])('%s', (source, message) => {
    expect(fault(source)).toMatchObject({
      code: 'expression_failed',
      message: expect.stringContaining(message),
    });
  });

  it('are simply not equal', () => {
    expect(ofOrder('vars.answer == 21 || vars.items == vars.name')).toBe(false);
  });

  it('a condition must be true or false', () => {
    expect(() => evaluateCondition('vars.name', scope(order))).toThrow('must be true or false');
  });
});

describe('texts', () => {
  it.each([
    ['"Grüße".upper()', 'GRÜSSE'],
    ['"Grüße".upperAscii()', 'GRüßE'],
    ['size("👍🏽a")', 3],
    ['"a👍b".substring(1, 2)', '👍'],
    ['"a👍b".indexOf("b")', 2],
    ['"a,b,c".split(",", 2)', ['a', 'b,c']],
    ['"aXbX".replace("X", "-", 1)', 'a-bX'],
    ['" a ".trim()', 'a'],
    ['"order 42".matches("[0-9]+$")', true],
    ['timestamp("2026-03-01T23:30:00Z").getHours("+02:00")', 1],
  ])('%s', (source, expected) => {
    expect(ofOrder(source)).toEqual(expected);
  });
});

describe('the contact', () => {
  it('is nobody in a scope that does not say who it is', () => {
    expect(evaluate('contact.name + contact.email', scope({}))).toBe('');
    expect(evaluate('[size(contact.tags), size(contact.attributes)]', scope({}))).toEqual([0, 0]);
    expect(fault('contact.attributes.plan')).toMatchObject({
      message: expect.stringContaining('use has(contact.attributes.plan)') as string,
    });
  });

  it('is whom the scope says', () => {
    const ada = { ...unknownContact, name: 'Ada', tags: ['vip'], attributes: { plan: 'pro' } };
    const source = 'contact.name + contact.attributes.plan + string("vip" in contact.tags)';
    expect(evaluate(source, { ...scope({}), contact: ada })).toBe('Adaprotrue');
  });
});
