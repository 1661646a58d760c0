import { describe, expect, it } from 'vitest';
import { isReadable } from './is-readable.js';

const english =
  'Goods may be sent back to us within thirty days of their delivery, free of charge. ';
const shifted = (by: number) =>
  english.repeat(2).replace(/[A-Za-z]/g, (char) => String.fromCharCode(char.charCodeAt(0) + by));

describe('a page', () => {
  it.each<[what: string, text: string, isGood: boolean]>([
    ['English', english, true],
    [
      'German',
      'Die Kündigungsfrist beträgt drei Monate zum Ende des Kalenderjahres. '.repeat(2),
      true,
    ],
    [
      'Czech',
      'Strč prst skrz krk. Smrž pln skvrn zvlhl z mlh. Zboží lze vrátit do třiceti dnů.',
      true,
    ],
    [
      'Polish',
      'Chrząszcz brzmi w trzcinie w Szczebrzeszynie, a zwroty są bezpłatne przez miesiąc.',
      true,
    ],
    [
      'Japanese',
      '健康保険証の再発行には七日かかります。詳しくは窓口までお問い合わせください。'.repeat(2),
      true,
    ],
    ['Greek', 'Οι ώρες λειτουργίας είναι από τις εννέα έως τις πέντε κάθε εργάσιμη ημέρα. ', true],
    ['Arabic', 'يمكن إرجاع البضائع خلال ثلاثين يومًا من تاريخ الاستلام دون أي رسوم إضافية.', true],
    [
      'a price list',
      'Haircut 25,00 € Colour 60,00 € Wash 9,50 € Beard 12,00 € Set 45–60 € '.repeat(2),
      true,
    ],
    [
      'a table of figures',
      '12.5 13.7 1,204 99% 2026-12-31 18:00 0.5 7 8 9 10 11 12 13 14 15 16 17',
      true,
    ],
    [
      'part numbers',
      'AB-1200/X M8x30 DIN 912 A2-70 ISO 4762 Schraube verzinkt Stahl Packung zu 50',
      true,
    ],
    ['a short page', '3/$1B/$72B', true],
    ['codes of signs', '3/$1B/$72B %7&(5_{9} #41;[2=!8~ 5^"1@ 0*)(3} <7/2$4> '.repeat(3), false],
    ['letters that were shifted by 3', shifted(3), false],
    [
      'letters that were shifted by -29',
      english
        .repeat(2)
        .replace(/[!-~]/g, (char) => String.fromCharCode(Math.max(33, char.charCodeAt(0) - 29))),
      false,
    ],
    ['private use', '\ue001\ue002\ue003\ue004 '.repeat(20), false],
    ['what has no character', '\ufffd\ufffd\ufffd and \ufffd\ufffd\ufffd '.repeat(10), false],
  ])('of %s', (_, text, isGood) => {
    expect(isReadable(text)).toBe(isGood);
  });
});
