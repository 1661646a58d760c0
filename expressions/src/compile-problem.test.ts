import { describe, expect, it } from 'vitest';
import { compileProblem, conditionProblem } from './expression.js';

describe('compileProblem', () => {
  it.each([
    ['1 +', 'ends too early', 3],
    ['', 'is empty', 0],
    ['name == "x"', 'a variable is vars.name', 0],
    ['vars.a && nme', '"nme" is unknown', 10],
    ['vars.a.foo()', 'there is no function "foo"', 0],
    ['contains("a", "b")', 'write value.contains(…)', 0],
    ['vars.a.int()', 'write int(…)', 0],
    ['vars.a.contains()', 'contains() takes 1 arguments, not 0', 0],
    ['size(1)', 'size() cannot take a whole number', 0],
    ['vars.l.map(x)', 'map() is written map(x, result)', 0],
    ['vars.l.filter(1, true)', 'invalid predicate iteration variable', 14],
    ['vars.l.filter(x, y)', '"y" is unknown', 17],
    ['1 - "a"', 'cannot subtract a whole number and text', 0],
    ['vars.a - "a"', 'cannot subtract', 0],
    ['"a" == 1', 'never equal', 0],
    ['"a" < 1', 'cannot compare text with a whole number', 0],
    ['"a" in "abc"', 'text.contains(part)', 0],
    ['!1', 'must be true or false', 1],
    ['has(vars)', 'has(vars.name)', 0],
    ['b"x"', 'bytes and unsigned numbers are not supported', 0],
    ['99999999999999999999', 'beyond 64 bits', 0],
    ['"a\\u0000"', 'NUL', 0],
    ['now()', 'there is no function "now"', 0],
    ['"a".matches("(")', 'pattern cannot be read', undefined],
  ])('%s', (source, message, offset) => {
    const problem = compileProblem(source);
    expect(problem?.message).toContain(message);
    expect(problem?.offset).toBe(offset);
  });

  it.each([
    'vars.x ? 1 : "one"',
    'vars.x == null',
    'vars.list.map(x, x.name).join(", ")',
    'vars.x + "a"',
    'messages.exists(m, m.role == "user")',
    'vars.if_ == vars.constructor // a comment',
  ])('takes %s', (source) => {
    expect(compileProblem(source)).toBeNull();
  });

  it('knows the limits of a source', () => {
    expect(compileProblem(`"${'x'.repeat(4000)}"`)?.code).toBe('expression_too_large');
    expect(compileProblem(`"${'ü'.repeat(2500)}"`)?.code).toBe('expression_too_large');
    expect(compileProblem(`"${'x'.repeat(3900)}"`)).toBeNull();
  });

  it.each([
    ['parentheses', '('.repeat(500) + '1' + ')'.repeat(500)],
    ['lists', '['.repeat(500) + ']'.repeat(500)],
    ['negations', '!'.repeat(3000) + 'true'],
    ['spaced negations', '- '.repeat(1500) + '1'],
    ['a chain', Array(900).fill('1').join('+')],
    ['choices', 'vars.a ? 1 : '.repeat(200) + '1'],
  ])('bounds the depth of %s', (_what, source) => {
    expect(compileProblem(source)?.code).toBe('expression_invalid');
  });

  it('does not count what is in texts', () => {
    expect(compileProblem(`"${'-'.repeat(200)}"`)).toBeNull();
  });
});

describe('conditionProblem', () => {
  it('wants a result that can be true or false', () => {
    expect(conditionProblem('size(vars.list)')).toMatchObject({ code: 'expression_invalid' });
    expect(conditionProblem('"a"')?.message).toContain('but this is text');
    expect(conditionProblem('vars.ok')).toBeNull();
    expect(conditionProblem('vars.age > 1')).toBeNull();
  });
});
