import { describe, expect, it } from 'vitest';
import type { Block } from './block.js';
import { blocksOfText } from './blocks-of-text.js';
import { splitBlocks } from './split.js';

const text = (value: string, page?: number): Block => ({
  kind: 'text',
  text: value,
  ...(page !== undefined && { page }),
});
const heading = (level: number, value: string): Block => ({ kind: 'heading', level, text: value });

/** `count` sentences of about 60 characters, each of its own words. */
const prose = (count: number) =>
  Array.from(
    { length: count },
    (_, index) => `Sentence number ${index} tells what the house does with parcels.`,
  ).join(' ');

describe('splitBlocks', () => {
  it('lets short sections under one heading share a passage that names them', () => {
    const passages = splitBlocks([
      heading(0, 'Handbook'),
      text('Welcome.'),
      heading(1, 'Returns'),
      heading(2, 'Costs'),
      text('Free of charge.'),
      heading(2, 'Time'),
      text('Thirty days.'),
      heading(1, 'Contact'),
      text('Call us.'),
    ]);
    expect(passages).toEqual([
      {
        text: 'Welcome.\n\nReturns › Costs\nFree of charge.\n\nReturns › Time\nThirty days.\n\nContact\nCall us.',
        heading: 'Handbook › Returns › Costs · Returns › Time · Contact',
      },
    ]);
  });

  it('begins anew where a section is long or is of another document', () => {
    const passages = splitBlocks([
      heading(1, 'Returns'),
      heading(2, 'Costs'),
      text(prose(9)),
      heading(2, 'Time'),
      text(prose(9)),
      heading(1, 'Contact'),
      text('Call us.'),
    ]);
    expect(passages.map((one) => one.heading)).toEqual([
      'Returns › Costs',
      'Returns › Time',
      'Contact',
    ]);
  });

  it('never cuts amid a sentence, loses nothing, and keeps to its size', () => {
    const whole = prose(200);
    const passages = splitBlocks([text(whole, 3)]);
    expect(passages.length).toBeGreaterThan(5);
    expect(passages.map((one) => one.text).join(' ')).toBe(whole);
    for (const { text: part, page } of passages) {
      expect(part).toMatch(/^Sentence .*\.$/s);
      expect(part.length).toBeLessThanOrEqual(1_400);
      expect(page).toBe(3);
    }
  });

  it('puts short paragraphs together and tells the page on which they begin', () => {
    const blocks = Array.from({ length: 30 }, (_, index) =>
      text(`Point ${index}. ${prose(2)}`, index),
    );
    const passages = splitBlocks(blocks);
    expect(passages.length).toBeGreaterThan(3);
    expect(passages.length).toBeLessThan(10);
    for (const { text: part, page } of passages)
      expect(part.startsWith(`Point ${page}.`)).toBe(true);
  });

  it('cuts what has no sentences between words, and one endless word somewhere', () => {
    const words = 'word '.repeat(1_000).trim();
    expect(splitBlocks([text(words)]).every((one) => /^word( word)*$/.test(one.text))).toBe(true);
    const endless = '😀'.repeat(2_000);
    const parts = splitBlocks([text(endless)]).map((one) => one.text);
    expect(parts.join('')).toBe(endless);
  });

  it('takes abbreviations for no end of a sentence', () => {
    const sentence = `Ask Dr. Weber, Mr. Lee or approx. any of the staff ${'in the clinic '.repeat(60)}today.`;
    for (const { text: part } of splitBlocks([text(`${sentence} ${sentence}`)])) {
      expect(part).not.toMatch(/(Dr|Mr|approx)\.$/);
    }
  });

  it('has nothing to say about nothing', () => {
    expect(splitBlocks([])).toEqual([]);
    expect(splitBlocks([text('  ')])).toEqual([]);
    // A heading is all that some sections have.
    expect(splitBlocks([heading(1, 'Alone'), text('  ')])).toEqual([{ text: 'Alone' }]);
  });
});

describe('blocksOfText', () => {
  it('reads Markdown, numbers and lines that stand as headings', () => {
    const blocks = blocksOfText(
      [
        '# Delivery',
        'We deliver on weekdays.',
        '',
        'Opening hours',
        '',
        'We are there from nine to five, and on Saturdays until noon.',
        '',
        '2.1 Fees',
        'There are none.',
      ].join('\n'),
    );
    expect(blocks).toEqual([
      { kind: 'heading', level: 1, text: 'Delivery' },
      { kind: 'text', text: 'We deliver on weekdays.' },
      { kind: 'heading', level: 2, text: 'Opening hours' },
      { kind: 'text', text: 'We are there from nine to five, and on Saturdays until noon.' },
      { kind: 'heading', level: 3, text: '2.1 Fees' },
      { kind: 'text', text: 'There are none.' },
    ]);
  });

  it('joins wrapped lines and divided words, and keeps items of lists apart', () => {
    const blocks = blocksOfText(
      'You can send goods back within thirty days, if they are un-\nused and in their box.\n- shoes\n- shirts and\nsocks',
      4,
    );
    expect(blocks).toEqual([
      {
        kind: 'text',
        text: 'You can send goods back within thirty days, if they are unused and in their box.',
        page: 4,
      },
      { kind: 'text', text: '- shoes', page: 4 },
      { kind: 'text', text: '- shirts and socks', page: 4 },
    ]);
  });
});
