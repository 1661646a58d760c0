import { describe, expect, it } from 'vitest';
import { evaluate } from '../expression.js';
import { checkFlow } from './check-flow.js';

const position = { x: 0, y: 0 };
const hintsOf = (node: object) =>
  checkFlow({
    nodes: [
      { id: 'start', type: 'trigger', label: '', position, data: { kind: 'manual' } },
      { id: 'it', label: '', position, ...node } as never,
    ],
    edges: [{ id: 'e', source: 'start', sourceHandle: 'out', target: 'it' }],
  }).flatMap(({ reason, params }) =>
    ['division_drops_rest', 'day_of_24_hours', 'zone_unknown', 'template_in_json'].includes(
      String(reason),
    )
      ? [{ reason, ...params }]
      : [],
  );
const say = (expression: string) =>
  hintsOf({ type: 'speak', data: { mode: 'text', text: `{{ ${expression} }}` } });

describe('an expression that is probably not meant so', () => {
  it.each([
    [
      'vars.age / 2',
      { reason: 'division_drops_rest', divisor: '2', example: '4 / 2', result: '2' },
    ],
    ['vars.total / 3', { reason: 'division_drops_rest', divisor: '3', result: '1' }],
    ['7 / 2', { reason: 'division_drops_rest', example: '7 / 2', result: '3' }],
    ['1 + size(vars.list) / 10', { reason: 'division_drops_rest' }],
    ['timestamp(vars.at) + duration("P1D")', { reason: 'day_of_24_hours', duration: 'P1D' }],
    ['timestamp(vars.at) - duration("24h")', { reason: 'day_of_24_hours' }],
    ['timestamp(vars.at).getHours("Berlin")', { reason: 'zone_unknown', zone: 'Berlin' }],
    ['timestamp(vars.at, "Europa/Berlin")', { reason: 'zone_unknown' }],
    ['timestamp(vars.at).addDays(1, "CET/Berlin")', { reason: 'zone_unknown' }],
  ])('%s is told', (expression, hint) => {
    expect(say(expression)).toMatchObject([hint]);
  });

  it.each([
    'vars.age / 2.0',
    'double(vars.age) / vars.count',
    '5.0 / 2',
    'vars.age / 1',
    'timestamp(vars.at) + duration("90m")',
    'timestamp(vars.at).addDays(1)',
    'timestamp(vars.at).getHours("Europe/Berlin")',
    'timestamp(vars.at).getHours("+02:00")',
    '"1/2 " + string(duration("P1D"))',
  ])('%s is not', (expression) => {
    expect(say(expression)).toEqual([]);
  });

  const http = (body: unknown, headers = {}) =>
    hintsOf({
      type: 'integration',
      data: { kind: 'http', method: 'POST', url: 'https://x.example/', headers, body },
    });
  it.each([
    ['{"name": "{{ vars.name }}"}', {}, 1],
    ['{"name": "{{ vars.name }}"}', { 'Content-Type': 'application/json' }, 1],
    ['[{"a": "x {{ vars.a }}"}]', {}, 1],
    ['{"name": {{ toJson(vars.name) }}}', {}, 0],
    ['Dear "{{ vars.name }}"', {}, 0],
    ['{{ vars.body }}', { 'content-type': 'application/json' }, 0],
    [{ name: '{{ vars.name }}' }, {}, 0],
    ['name="{{ vars.name }}"', { 'content-type': 'text/csv' }, 0],
  ])('the body %j under %j has %i', (body, headers, count) => {
    expect(http(body, headers)).toHaveLength(count);
  });
});

describe('what encodes by hand', () => {
  it.each([
    ['toJson(vars.text)', '"say \\"hi\\""'],
    ['toJson([1, "a", null, 1.5])', '[1,"a",null,1.5]'],
    ['toJson({"a": true})', '{"a":true}'],
    ['urlEncode("a b&ü/?")', 'a%20b%26%C3%BC%2F%3F'],
  ])('%s is %j', (source, text) => {
    const scope = { vars: { text: 'say "hi"' }, input: {}, run: {}, messages: [] };
    expect(evaluate(source, scope)).toBe(text);
  });
});
