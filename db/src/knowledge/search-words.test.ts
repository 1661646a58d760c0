import { describe, expect, it } from 'vitest';
import { indexedWords, isBeginning, queriedWords } from './search-words.js';

const words = (text: string) => text.split(/\s+/).filter(Boolean);

describe('the words of a text', () => {
  it.each<[text: string, indexed: string[], queried: string[]]>([
    ['Öffnungszeiten', ['öffnungszeiten'], ['öffnungszeiten']],
    ['O\u0308FFNUNG', ['öffnung'], ['öffnung']],
    ['ﬁnden ＣＲＭ', ['finden', 'crm'], ['finden', 'crm']],
    ['Donau\u00addampfer', ['donaudampfer'], ['donaudampfer']],
    ['健康保険', ['健康', '康保', '保険', '険'], ['健康', '康保', '保険']],
    ['健', ['健'], ['健']],
    ['カメラのZ50', ['カメ', 'メラ', 'ラの', 'の', 'z50'], ['カメ', 'メラ', 'ラの', 'z50']],
    ['ﾃﾚﾋﾞ', ['テレ', 'レビ', 'ビ'], ['テレ', 'レビ']],
    ['ราคา', ['รา', 'าค', 'คา', 'า'], ['รา', 'าค', 'คา']],
    ['한국어 문서', ['한국어', '문서'], ['한국어', '문서']],
    ['', [], []],
    ['12,5 %', ['12,5', '%'], ['12,5', '%']],
  ])('%s', (text, indexed, queried) => {
    expect(words(indexedWords(text))).toEqual(indexed);
    expect(words(queriedWords(text))).toEqual(queried);
  });

  it.each([
    ['健', true],
    ['健康', false],
    ['a', false],
    ['', false],
  ])('%j begins others: %j', (word, isOne) => {
    expect(isBeginning(word)).toBe(isOne);
  });
});
