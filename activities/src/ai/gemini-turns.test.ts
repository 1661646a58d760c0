import { describe, expect, it } from 'vitest';
import { toGeminiContents, toGeminiExchanges } from './gemini-turns.js';
import type { Line } from './provider.js';

const line = (role: Line['role'], text: string): Line => ({ role, text });
const turn = (role: string, ...texts: string[]) => ({
  role,
  parts: texts.map((text) => ({ text })),
});

describe('toGeminiContents', () => {
  it('gives each side its turns and the prompt the last part of the last one', () => {
    const lines = [
      line('system', 'Hello'),
      line('system', 'What is it?'),
      line('user', 'A tooth'),
      line('user', 'It hurts'),
      line('ai', 'Since when?'),
      line('user', 'Monday'),
    ];
    expect(toGeminiContents(lines, 'Offer a date')).toEqual([
      turn('model', 'Hello', 'What is it?'),
      turn('user', 'A tooth', 'It hurts'),
      turn('model', 'Since when?'),
      turn('user', 'Monday', 'Offer a date'),
    ]);
  });

  it('starts a turn for the prompt after the model', () => {
    expect(toGeminiContents([line('ai', 'Yes')], 'Go on')).toEqual([
      turn('model', 'Yes'),
      turn('user', 'Go on'),
    ]);
    expect(toGeminiContents([], 'Begin')).toEqual([turn('user', 'Begin')]);
  });

  it('leaves out what is empty', () => {
    expect(toGeminiContents([line('user', 'a'), line('ai', '')], '')).toEqual([turn('user', 'a')]);
  });

  it('keeps the newest messages whole and never looks past one that does not fit', () => {
    const big = 'x'.repeat(120_000);
    const lines = [
      line('user', 'old'),
      line('user', big),
      line('ai', 'y'.repeat(90_000)),
      line('user', 'new'),
    ];
    const contents = toGeminiContents(lines, 'p');
    expect(contents).toEqual([turn('model', 'y'.repeat(90_000)), turn('user', 'new', 'p')]);
  });
});

it('gives back a turn with calls as it came, and after it what they have given', () => {
  const parts = [{ functionCall: { name: 'a', args: {} }, thoughtSignature: 'x' }];
  const results = [{ name: 'a', result: { status: 200 } }];
  expect(toGeminiExchanges([{ turn: { role: 'model', parts }, results }])).toEqual([
    { role: 'model', parts },
    { role: 'user', parts: [{ functionResponse: { name: 'a', response: { status: 200 } } }] },
  ]);
});

it('gives each result the id of its call, where the model gave one', () => {
  const call = (name: string, id: string) => ({ functionCall: { name, args: {}, id } });
  const parts = [call('a', '1'), { text: 'and' }, call('b', '2'), call('a', '3')];
  const results = ['a', 'b', 'a'].map((name) => ({ name, result: {} }));
  const [, answer] = toGeminiExchanges([{ turn: { role: 'model', parts }, results }]);
  expect(answer?.parts).toEqual(
    [
      ['1', 'a'],
      ['2', 'b'],
      ['3', 'a'],
    ].map(([id, name]) => ({ functionResponse: { id, name, response: {} } })),
  );
});
