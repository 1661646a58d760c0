import { codeOf, type Json } from '@crmflow/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileIssue, conditionIssue, evaluate, evaluateCondition } from './expression.js';
import { FlowFault } from './fault.js';
import { compilePattern, matchesPattern } from './pattern.js';
import type { Scope } from './scope.js';
import { templateIssues } from './template/issues.js';
import { renderText } from './template/render.js';
import { renderHeader } from './template/render-header.js';
import { renderUrl } from './template/render-url.js';
import { renderValue } from './template/render-value.js';

const json = fc.jsonValue({ maxDepth: 4, noUnicodeString: false }) as fc.Arbitrary<Json>;
const object = fc.dictionary(
  fc.oneof(fc.constantFrom('a', 'b', '__proto__', 'constructor'), fc.string()),
  json,
);
const scopes: fc.Arbitrary<Scope> = fc.record({
  vars: object,
  input: json,
  run: object,
  messages: fc.array(json),
});

const atoms = fc.constantFrom(
  ...[
    'vars',
    'input',
    'run',
    'messages',
    'vars.a',
    'vars.b',
    'input.a',
    'x',
    'messages[0]',
    'null',
    'true',
  ],
  ...[
    '0',
    '1',
    '-1',
    '2.5',
    '9223372036854775807',
    '1e308',
    '"a"',
    "'👍'",
    '""',
    '[]',
    '{}',
    '[1, "a", null]',
  ],
  ...[
    '{"a": 1}',
    'timestamp("2026-01-31T00:00:00Z")',
    'duration("-1h")',
    'int',
    'vars["__proto__"]',
  ],
);

/** Expressions that mostly parse: the deeper parts are reached only by these. */
const { expression } = fc.letrec<{ expression: string }>((tie) => {
  const inner = tie('expression');
  const form = (...pieces: (string | fc.Arbitrary<string>)[]) =>
    fc
      .tuple(...pieces.map((piece) => (typeof piece === 'string' ? fc.constant(piece) : piece)))
      .map((all) => all.join(''));
  const operator = fc.constantFrom(
    '+',
    '-',
    '*',
    '/',
    '%',
    '==',
    '!=',
    '<',
    '<=',
    '>',
    '>=',
    '&&',
    '||',
    'in',
  );
  const macro = fc.constantFrom('map', 'filter', 'all', 'exists', 'exists_one');
  const method = fc.constantFrom(
    ...[
      'size',
      'contains',
      'split',
      'join',
      'replace',
      'substring',
      'indexOf',
      'lastIndexOf',
      'charAt',
    ],
    ...[
      'matches',
      'lower',
      'upperAscii',
      'trim',
      'reverse',
      'slice',
      'getHours',
      'getDayOfYear',
      'constructor',
    ],
  );
  const call = fc.constantFrom(
    'size',
    'int',
    'double',
    'string',
    'bool',
    'timestamp',
    'duration',
    'type',
    'math.round',
    'math.least',
  );
  return {
    expression: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      atoms,
      form('(', inner, ' ', operator, ' ', inner, ')'),
      form(inner, '.', fc.constantFrom('a', 'b', 'toString', '__proto__')),
      form(inner, '[', inner, ']'),
      form('has(', inner, '.a)'),
      form('(', inner, ' ? ', inner, ' : ', inner, ')'),
      form(inner, '.', macro, '(x, ', inner, ')'),
      form('cel.bind(x, ', inner, ', ', inner, ')'),
      form(inner, '.', method, '()'),
      form(inner, '.', method, '(', inner, ')'),
      form(inner, '.', method, '(', inner, ', ', inner, ')'),
      form(call, '(', inner, ')'),
      form('-', inner),
      form('!', inner),
      form('[', inner, ', ', inner, ']'),
      form('{', inner, ': ', inner, '}'),
    ),
  };
});

const soup = fc
  .array(
    fc.constantFrom(
      ...'"\'{}[]().,:?+-*/%<>=!&|\\ \n\r0159axrb_𝕏'.split(''),
      '{{',
      '}}',
      'vars',
      'in',
      '//',
      '"""',
    ),
  )
  .map((pieces) => pieces.join(''));
const source = fc.oneof(expression, soup, fc.string({ unit: 'binary' }));
const template = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      source.map((text) => `{{ ${text} }}`),
      soup,
    ),
  )
  .map((pieces) => pieces.join(''));

/** What `work` gives; fails the test where it throws anything but a FlowFault. */
function settle<T>(work: () => T): { value: T } | { code: string } {
  try {
    return { value: work() };
  } catch (error) {
    expect(error).toBeInstanceOf(FlowFault);
    return { code: (error as FlowFault).code };
  }
}

const runs = { numRuns: 500 };

describe('nothing but a FlowFault comes out', () => {
  it('of expressions, and twice the same', () => {
    fc.assert(
      fc.property(source, scopes, (text, scope) => {
        const before = JSON.stringify(scope);
        const first = settle(() => evaluate(text, scope));
        expect(settle(() => evaluate(text, scope))).toEqual(first);
        expect(JSON.stringify(scope)).toBe(before);
        if ('value' in first)
          expect(JSON.parse(JSON.stringify(first.value))).toEqual(
            JSON.parse(JSON.stringify(first.value)),
          );
        const condition = settle(() => evaluateCondition(text, scope));
        if ('value' in condition) expect(typeof condition.value).toBe('boolean');
      }),
      runs,
    );
  });

  it('of sources that were checked: what has no problem compiles', () => {
    fc.assert(
      fc.property(source, scopes, (text, scope) => {
        const issue = compileIssue(text);
        conditionIssue(text);
        const result = settle(() => evaluate(text, scope));
        const invalid =
          'code' in result && ['expression_invalid', 'expression_too_large'].includes(result.code);
        expect(invalid).toBe(issue !== null && codeOf(issue.reason) !== 'pattern_invalid');
        if (issue?.offset !== undefined) expect(issue.offset).toBeLessThanOrEqual(text.length);
      }),
      runs,
    );
  });

  it('of templates', () => {
    fc.assert(
      fc.property(template, scopes, json, (text, scope, value) => {
        const rendered = settle(() => renderText(text, scope));
        if ('value' in rendered) {
          expect(rendered.value.isWellFormed() && !rendered.value.includes('\0')).toBe(true);
          expect(templateIssues(text)).toEqual([]);
        }
        const url = settle(() => renderUrl(text, scope));
        if ('value' in url) expect(typeof url.value).toBe('string');
        const header = settle(() => renderHeader(text, scope));
        if ('value' in header) expect(header.value).not.toMatch(/[\r\n]/);
        settle(() => renderValue([text, value], scope));
      }),
      runs,
    );
  });

  it('of patterns', () => {
    const pattern = fc
      .array(
        fc.constantFrom(
          ...'ab.*+?|()[]{}^$\\,-019dwpLQE'.split(''),
          '{2}',
          '{1,1000}',
          '(?:',
          '\\p{L}',
          '[^',
        ),
      )
      .map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(
        fc.oneof(pattern, fc.string({ unit: 'binary' })),
        fc.string({ unit: 'binary' }),
        (text, reply) => {
          const compiled = settle(() => compilePattern(text));
          const matched = settle(() => matchesPattern(text, reply));
          if ('code' in compiled) expect(compiled.code).toBe('pattern_invalid');
          else expect(matched).toHaveProperty('value');
        },
      ),
      runs,
    );
  });

  it('of values that are very deep', () => {
    let deep: Json = 1;
    for (let i = 0; i < 30_000; i++) deep = i % 2 ? [deep] : { a: deep };
    const scope: Scope = { vars: { deep }, input: deep, run: {}, messages: [deep] };
    for (const text of [
      'vars.deep',
      'input == vars.deep',
      '[vars.deep]',
      'messages[0] in messages',
    ]) {
      expect(settle(() => evaluate(text, scope))).toEqual({ code: 'expression_failed' });
      expect(settle(() => renderText(`{{ ${text} }}`, scope))).toEqual({
        code: 'expression_failed',
      });
    }
  });
});
