import { codeOf as issueCodeOf, type Json, type JsonObject } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import type { Scope } from '../scope.js';
import { templateIssues } from './issues.js';
import { renderText } from './render.js';
import { renderHeader } from './render-header.js';
import { renderUrl } from './render-url.js';
import { renderValue } from './render-value.js';

const scopeWith = (vars: JsonObject): Scope => ({ vars, input: {}, run: {}, messages: [] });
const scope = scopeWith({
  name: 'Ann',
  age: 21,
  price: 9.5,
  yes: true,
  nothing: null,
  list: [1, 'a'],
  map: { a: { b: 1 } },
  sly: 'a&b=c/../d e',
  lines: 'a\r\nSet-Cookie: x',
  big: 'x'.repeat(40_000),
});

function codeOf(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
  return undefined;
}

describe('renderText', () => {
  it.each([
    ['Hello', 'Hello'],
    ['Hello {{ vars.name }}!', 'Hello Ann!'],
    ['{{vars.age}}{{vars.price}}{{vars.yes}}', '219.5true'],
    ['<{{ vars.nothing }}>', '<>'],
    ['{{ vars.list }} {{ vars.map }}', '[1,"a"] {"a":{"b":1}}'],
    ['{{ {"a": {"b": 1}} }}', '{"a":{"b":1}}'],
    ['{{{"a": 1}}}', '{"a":1}'],
    ['{{ "}}" + \'}}\' + """a"}}""" + r"}}" }}', '}}}}a"}}}}'],
    ['{{ vars.name // a comment with }} in it\n }}', 'Ann'],
    ['{{ "a\\"}}" }}', 'a"}}'],
    ['{{ "{{" }} and }} and { and {"a": {"b": 1}}', '{{ and }} and { and {"a": {"b": 1}}'],
    ["it's {{ vars.name }}'s", "it's Ann's"],
    ['', ''],
  ])('%s', (template, expected) => {
    expect(renderText(template, scope)).toBe(expected);
  });

  it('bounds the result', () => {
    expect(codeOf(() => renderText('{{ vars.big }}{{ vars.big }}', scope))).toBe('value_too_large');
    expect(codeOf(() => renderText(`${'x'.repeat(30_000)}{{ vars.big }}`, scope))).toBe(
      'value_too_large',
    );
  });

  it('bounds the work of all expressions together', () => {
    const list = Array.from({ length: 1000 }, (_, i) => i);
    const one = '{{ vars.list.exists(x, x < 0) }}';
    expect(renderText(one, scopeWith({ list }))).toBe('false');
    expect(codeOf(() => renderText(one.repeat(50), scopeWith({ list })))).toBe(
      'expression_too_costly',
    );
  });

  it('names the expression that failed', () => {
    expect(() => renderText('a {{ vars.nope }}', scope)).toThrow('vars.nope is not set');
  });
});

describe('renderUrl', () => {
  it('percent-encodes values and leaves the rest', () => {
    expect(renderUrl('https://x.test/a/{{ vars.sly }}?q={{ vars.sly }}#{{vars.age}}', scope)).toBe(
      'https://x.test/a/a%26b%3Dc%2F..%2Fd%20e?q=a%26b%3Dc%2F..%2Fd%20e#21',
    );
  });

  it.each([
    ['https://x.test/a/{{ ".." }}/b'],
    ['https://x.test/a/{{ "." }}{{ "." }}'],
    ['https://x.test/a/.{{ "." }}/b'],
    ['https://x.test/a/{{ "." }}?x=1'],
    ['https://x.test/a/%2e{{ "." }}/b'],
    ['https://x.test/a/{{ "." }}%2E/b'],
    ['https://x.test/a/%2e{{ "" }}/b'],
  ])('refuses values that lead to another path: %s', (template) => {
    expect(codeOf(() => renderUrl(template, scope))).toBe('expression_failed');
  });

  it.each([
    ['https://x.test/../{{ "a.b" }}', 'https://x.test/../a.b'],
    ['https://x.test/%2e%2e/{{ "a.b" }}', 'https://x.test/%2e%2e/a.b'],
    ['https://x.test/%2e{{ "a" }}', 'https://x.test/%2ea'],
    ['https://x.test/{{ "..." }}?p={{ ".." }}', 'https://x.test/...?p=..'],
    ['https://x.test/{{ "" }}/b', 'https://x.test//b'],
  ])('takes harmless dots: %s', (template, expected) => {
    expect(renderUrl(template, scope)).toBe(expected);
  });
});

describe('renderHeader', () => {
  it('takes what headers can carry', () => {
    expect(renderHeader('Bearer {{ vars.name }} é', scope)).toBe('Bearer Ann é');
  });

  it.each(['a {{ vars.lines }}', 'a\nb', '{{ "\\r" }}', 'a {{ "👍" }}', '{{ "\\x7f" }}'])(
    'refuses %j',
    (template) => {
      expect(codeOf(() => renderHeader(template, scope))).toBe('header_invalid');
    },
  );
});

describe('renderValue', () => {
  it.each<[Json, Json]>([
    ['{{ vars.age }}', 21],
    ['{{vars.list}}', [1, 'a']],
    [' {{ vars.age }}', ' 21'],
    ['{{ vars.nothing }}', null],
    ['{{ vars.age }}{{ vars.age }}', '2121'],
    [
      { '{{ k }}': ['{{ vars.age }}', { a: 'Hi {{ vars.name }}' }, 1, null, false] },
      { '{{ k }}': [21, { a: 'Hi Ann' }, 1, null, false] },
    ],
  ])('%j', (value, expected) => {
    expect(renderValue(value, scope)).toEqual(expected);
  });

  it('bounds size and depth', () => {
    expect(codeOf(() => renderValue(['{{ vars.big }}', '{{ vars.big }}'], scope))).toBe(
      'value_too_large',
    );
    let deep: Json = 1;
    for (let i = 0; i < 5_000; i++) deep = [deep];
    expect(codeOf(() => renderValue(deep, scope))).toBe('expression_failed');
  });

  it('keeps a key named __proto__ as data', () => {
    const value = JSON.parse('{"__proto__": "{{ vars.age }}"}') as Json;
    const rendered = renderValue(value, scope);
    expect(Object.getPrototypeOf(rendered)).toBe(Object.prototype);
    expect(JSON.stringify(rendered)).toBe('{"__proto__":21}');
  });
});

describe('templateIssues', () => {
  it('gives positions within the template', () => {
    expect(templateIssues('Hi {{ nme }}, {{ vars.a }} {{ 1 + }}')).toMatchObject([
      { reason: 'name_unknown', offset: 6 },
      { reason: 'expression_unfinished', offset: 34 },
    ]);
  });

  it.each(['a {{ vars.a', 'a {{ "}} }}', 'a {{ {"a": 1 }}'])(
    'finds what is not closed: %s',
    (template) => {
      expect(templateIssues(template)).toMatchObject([{ offset: 2, reason: 'template_unclosed' }]);
    },
  );

  it.each(['{{ }}', '{{ vars.a } }}', '{{{ vars.a }}}'])(
    'finds what is no expression: %s',
    (template) => {
      expect(templateIssues(template).map(({ reason }) => issueCodeOf(reason))).toEqual([
        'expression_invalid',
      ]);
    },
  );
});
