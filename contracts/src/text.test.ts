import { describe, expect, it } from 'vitest';
import { lineOfText, searchedText, secretText, storedText } from './text.js';

describe('text that enters', () => {
  it.each([
    ['Dvor\u030ca\u0301k', 'Dvořák'],
    ['a\u200bb', 'ab'],
    ['\ufeffHello', 'Hello'],
    ['Donau\u00addampf', 'Donaudampf'],
    ['  two  spaces ', '  two  spaces '],
    ['1\u00a0234', '1\u00a0234'],
    ['👨\u200d👩\u200d👧', '👨\u200d👩\u200d👧'],
    ['می\u200cخواهم', 'می\u200cخواهم'],
    ['ﬁ ½ ²', 'ﬁ ½ ²'],
    ['', ''],
  ])('is stored of %j as %j', (text, stored) => {
    expect(storedText(text)).toBe(stored);
    expect(storedText(stored)).toBe(stored);
  });

  it.each([
    ['ÖFFNUNGSZEITEN', 'öffnungszeiten'],
    ['O\u0308ffnung', 'öffnung'],
    ['ﬁnden', 'finden'],
    ['ＣＲＭ', 'crm'],
    ['1\u00a0234', '1 234'],
    ['Groß', 'groß'],
    ['Donau\u00addampf', 'donaudampf'],
    ['健康保険', '健康保険'],
  ])('is searched for of %j as %j', (text, searched) => {
    expect(searchedText(text)).toBe(searched);
  });

  it.each([
    [' Ada \u00a0 Lovelace\n', 'Ada Lovelace'],
    ['Rene\u0301', 'René'],
    ['\u200b', ''],
    ['Ñ\u3000Ñ', 'Ñ Ñ'],
  ])('is a line of %j as %j', (text, line) => {
    expect(lineOfText(text)).toBe(line);
  });

  it.each([
    ['pa\u0308sswort', 'pässwort', true],
    ['zwei\u00a0worte', 'zwei worte', true],
    ['ﬁsch', 'fisch', false],
    ['Pass', 'pass', false],
    [' pass', 'pass', false],
    ['pass\u200b', 'pass', false],
  ])('%j is the secret %j: %j', (typed, secret, isSame) => {
    expect(secretText(typed) === secretText(secret)).toBe(isSame);
  });
});
