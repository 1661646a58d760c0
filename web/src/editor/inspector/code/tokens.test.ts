import fc from 'fast-check';
import { expect, it } from 'vitest';
import { tokensOf } from './tokens.js';

const parts = fc.array(
  fc.oneof(
    fc.constantFrom('{{', '}}', '"', "'", '\\', 'vars.', 'size(', '{', '}', ' in ', '1.5', '\n'),
    fc.string(),
  ),
);

it('takes any text apart without losing a character', () => {
  fc.assert(
    fc.property(
      parts,
      fc.constantFrom('template' as const, 'expression' as const),
      (some, mode) => {
        const text = some.join('');
        expect(
          tokensOf(text, mode)
            .map((token) => token.text)
            .join(''),
        ).toBe(text);
      },
    ),
  );
});

it('tells names, functions, texts and numbers of an expression', () => {
  const kinds = tokensOf('size(vars.run) > 2 && vars.a == "x"', 'condition')
    .filter(({ kind }) => kind !== 'text' && kind !== 'sign')
    .map(({ kind, text }) => `${kind} ${text}`);
  expect(kinds).toEqual([
    'function size',
    'root vars',
    'name run',
    'number 2',
    'root vars',
    'name a',
    'string "x"',
  ]);
});

it('colours only what is in braces of a template, which texts in it do not end', () => {
  expect(tokensOf('vars {{ "}}" }} vars', 'template')).toEqual([
    { kind: 'text', text: 'vars ' },
    { kind: 'brace', text: '{{' },
    { kind: 'text', text: ' ' },
    { kind: 'string', text: '"}}"' },
    { kind: 'text', text: ' ' },
    { kind: 'brace', text: '}}' },
    { kind: 'text', text: ' vars' },
  ]);
});
