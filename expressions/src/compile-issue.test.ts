import { codeOf, type SourceReason } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { compileIssue, conditionIssue } from './expression.js';

describe('compileIssue', () => {
  it.each<[string, SourceReason, object, number | undefined]>([
    ['1 +', 'expression_unfinished', {}, 3],
    ['', 'expression_empty', {}, 0],
    ['name == "x"', 'name_unknown', { name: 'name' }, 0],
    ['vars.a && nme', 'name_unknown', { name: 'nme' }, 10],
    ['vars.a > 1 and vars.b', 'word_operator', { word: 'and', operator: '&&' }, 11],
    ['vars.a or true', 'word_operator', { word: 'or', operator: '||' }, 7],
    ['NOT vars.a', 'word_operator', { word: 'NOT', operator: '!' }, 0],
    ['vars.a & true', 'word_operator', { word: '&', operator: '&&' }, 7],
    ['vars.a = 1', 'assignment', {}, 7],
    ['vars.a == “x”', 'quotes_curly', {}, 10],
    ['vars.a == "x', 'text_unclosed', {}, 10],
    ['"\\q"', 'escape_invalid', {}, 1],
    ['vars.a ^ 2', 'character_unexpected', { character: '^' }, 7],
    ['1..2', 'token_unexpected', {}, 2],
    ['(1', 'expression_unfinished', {}, 2],
    ['if', 'name_reserved', { name: 'if' }, 0],
    ['vars.a.foo()', 'function_unknown', { name: 'foo' }, 0],
    ['contains("a", "b")', 'function_is_method', { name: 'contains' }, 0],
    ['vars.a.int()', 'method_is_function', { name: 'int' }, 0],
    ['vars.a.contains()', 'arguments_count', { name: 'contains', expected: '1', count: 0 }, 0],
    ['size(1)', 'arguments_invalid', { name: 'size', kinds: 'int' }, 0],
    ['vars.l.map(x)', 'macro_usage', { name: 'map' }, 0],
    ['vars.l.filter(1, true)', 'macro_variable_missing', { name: 'filter' }, 14],
    ['vars.l.filter(x, y)', 'name_unknown', { name: 'y' }, 17],
    ['1 - "a"', 'text_arithmetic_invalid', { operator: '-', left: 'int', right: 'string' }, 0],
    ['vars.a - "a"', 'text_arithmetic_invalid', { left: 'dyn' }, 0],
    ['"a" == 1', 'never_equal', { left: 'string', right: 'int' }, 0],
    ['"a" < 1', 'text_order_invalid', { left: 'string', right: 'int' }, 0],
    ['"a" in "abc"', 'in_text', {}, 0],
    ['!1', 'operand_not_bool', { operator: '!', kind: 'int' }, 1],
    ['has(vars)', 'has_usage', {}, 0],
    ['b"x"', 'literal_unsupported', {}, 0],
    ['99999999999999999999', 'number_too_large', { number: '99999999999999999999' }, 0],
    ['"a\\u0000"', 'character_invalid', {}, 0],
    ['now()', 'function_unknown', { name: 'now' }, 0],
    ['"a".matches("(")', 'pattern_invalid', { problem: 'parenthesis', part: '(' }, undefined],
  ])('%s', (source, reason, params, offset) => {
    const issue = compileIssue(source);
    expect(issue).toMatchObject({ reason, params });
    expect(issue?.offset).toBe(offset);
  });

  it.each([
    'vars.x ? 1 : "one"',
    'vars.x == null',
    'vars.list.map(x, x.name).join(", ")',
    'vars.x + "a"',
    'messages.exists(m, m.role == "user")',
    'vars.if_ == vars.constructor // a comment',
  ])('takes %s', (source) => {
    expect(compileIssue(source)).toBeNull();
  });

  it('knows the limits of a source', () => {
    expect(compileIssue(`"${'x'.repeat(4000)}"`)?.reason).toBe('expression_too_large');
    expect(compileIssue(`"${'ü'.repeat(2500)}"`)?.reason).toBe('expression_too_large');
    expect(compileIssue(`"${'x'.repeat(3900)}"`)).toBeNull();
  });

  it.each([
    ['parentheses', '('.repeat(500) + '1' + ')'.repeat(500)],
    ['lists', '['.repeat(500) + ']'.repeat(500)],
    ['negations', '!'.repeat(3000) + 'true'],
    ['spaced negations', '- '.repeat(1500) + '1'],
    ['a chain', Array(900).fill('1').join('+')],
    ['choices', 'vars.a ? 1 : '.repeat(200) + '1'],
  ])('bounds the depth of %s', (_what, source) => {
    expect(codeOf(compileIssue(source)?.reason ?? 'unreachable')).toBe('expression_invalid');
  });

  it('does not count what is in texts', () => {
    expect(compileIssue(`"${'-'.repeat(200)}"`)).toBeNull();
  });
});

describe('conditionIssue', () => {
  it('wants a result that can be true or false', () => {
    expect(conditionIssue('size(vars.list)')).toMatchObject({
      reason: 'condition_not_bool',
      params: { kind: 'int' },
    });
    expect(conditionIssue('"a"')?.params).toEqual({ kind: 'string' });
    expect(conditionIssue('vars.ok')).toBeNull();
    expect(conditionIssue('vars.age > 1')).toBeNull();
  });
});
