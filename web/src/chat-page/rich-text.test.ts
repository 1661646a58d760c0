import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { piecesOf } from './rich-text.js';

const links = (text: string) => piecesOf(text).flatMap((one) => (one.isAddress ? one.text : []));

describe('addresses in a text', () => {
  it.each([
    ['See https://a.example/b.', ['https://a.example/b']],
    ['(https://a.example/b)', ['https://a.example/b']],
    ['https://a.example/b_(c), and more', ['https://a.example/b_(c)']],
    ['https://a.example?b=c#d http://e.example', ['https://a.example?b=c#d', 'http://e.example']],
    ['javascript:alert(1) and ftp://a.example', []],
    ['https://', []],
    ['“https://a.example”', ['https://a.example']],
  ])('are found in %s', (text, found) => {
    expect(links(text)).toEqual(found);
  });

  it('leave the text as it is', () => {
    const parts = fc.constantFrom('https://', 'a.example', ' ', ')', '(', '.', '\n', 'x');
    fc.assert(
      fc.property(fc.array(parts), (some) => {
        const text = some.join('');
        expect(
          piecesOf(text)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });
});
