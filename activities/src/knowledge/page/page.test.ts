import { describe, expect, it } from 'vitest';
import { blocksOfPage } from './blocks-of-page.js';
import { requireShallow } from './require-shallow.js';

const shown = 'https://x.test/';
const texts = (html: string) => blocksOfPage(html, 'https://x.test').blocks.map(({ text }) => text);

describe('blocksOfPage', () => {
  it('reads the main text with its headings, and nothing around it', () => {
    const page = blocksOfPage(
      `<!doctype html><html><head><title> Help &amp; more </title>
      <style>p { color: red }</style></head><body>
      <header><a href="/">Home</a><a href="/shop">Shop</a></header>
      <nav><ul><li><a href="/a">Somewhere</a></li></ul></nav>
      <main>
        <h1>Returns</h1>
        <p>You may send <a href="https://evil.example/?x=1">goods</a> back<br>within <b>30</b>&nbsp;days.</p>
        <script>steal()</script><noscript>Turn on scripts</noscript>
        <h2>Costs</h2><ul><li>Europe: free</li><li>Elsewhere: 9 EUR</li></ul>
        <table><tr><th>Weight</th><th>Price</th></tr><tr><td>1 kg</td><td>4 EUR</td></tr></table>
        <form><label>Search</label><button>Go</button></form>
        <div hidden>Unseen</div><div aria-hidden="true">Unseen too</div>
      </main>
      <aside>Advertisement</aside><footer>Imprint</footer></body></html>`,
      shown,
    );
    expect(page.title).toBe('Help & more');
    expect(page.blocks).toEqual([
      { kind: 'heading', level: 1, text: 'Returns' },
      { kind: 'text', text: 'You may send goods back within 30 days.' },
      { kind: 'heading', level: 2, text: 'Costs' },
      { kind: 'text', text: '- Europe: free' },
      { kind: 'text', text: '- Elsewhere: 9 EUR' },
      { kind: 'text', text: 'Weight | Price' },
      { kind: 'text', text: '1 kg | 4 EUR' },
      { kind: 'text', text: 'Search' },
    ]);
    expect(JSON.stringify(page)).not.toMatch(/evil|steal|scripts/);
  });

  it('takes the whole page where no part of it is the main one', () => {
    expect(
      texts('<p>One</p><article>Two</article><p>Three, which is far longer than that.</p>'),
    ).toEqual(['One', 'Two', 'Three, which is far longer than that.']);
    expect(texts('<body><header><h1>Only</h1><p>a header</p></header></body>')).toEqual([
      'Only',
      'a header',
    ]);
  });

  it('drops lists that are nothing but links', () => {
    const links = '<ul>' + '<li><a href="#">Elsewhere</a></li>'.repeat(6) + '</ul>';
    expect(
      texts(`<main><p>Text</p>${links}<ul><li>See <a href="#">it</a></li></ul></main>`),
    ).toEqual(['Text', '- See it']);
  });

  it.each([
    ['unclosed', '<div><p>deep'],
    ['without any element', 'deep'],
  ])('reads a page that is %s', (_, html) => {
    expect(texts(html)).toEqual(['deep']);
  });

  it('is quick with a page that is large', () => {
    const rows = '<tr><td>a</td><td><a href="#">b</a></td></tr>'.repeat(40_000);
    expect(texts(`<table>${rows}</table>`)).toHaveLength(40_000);
  });
});

describe('requireShallow', () => {
  it.each([
    ['elements in elements', '<div>'.repeat(300) + '</div>'.repeat(300), false],
    ['elements that are never closed', '<b>'.repeat(400_000), false],
    ['beginnings of elements', '<'.repeat(1_000_000), true],
    ['one after the other', '<div></div>'.repeat(10_000), true],
    ['unclosed paragraphs and items', '<p>a<li>b<td>c<br><img src="x">'.repeat(10_000), true],
    ['more ends than beginnings', '</div>'.repeat(300) + '<i>'.repeat(300), false],
  ])('%s', (_, html, isShallow) => {
    const look = expect(() => requireShallow(html, shown));
    if (isShallow) look.not.toThrow();
    else look.toThrow(/nests its elements deeper/);
  });
});
