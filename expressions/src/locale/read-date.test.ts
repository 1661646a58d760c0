import { describe, expect, it } from 'vitest';
import { parseInstant } from '../instant.js';
import { localeOf } from './locale-of.js';
import { readDate } from './read-date.js';

const refused = undefined;
const now = Date.UTC(2026, 10, 30);

describe('readDate', () => {
  it.each<[locale: string, text: string, value: string | undefined]>([
    ['en-US', '2027-01-31', '2027-01-31'],
    ['de', '2028-02-29', '2028-02-29'],
    ['en-US', '2027-01-31T09:30:00Z', '2027-01-31T09:30:00Z'],
    ['en-US', '2027-01-31T09:30:00+0530', '2027-01-31T09:30:00+05:30'],
    ['de', '31.12.2026', '2026-12-31'],
    ['de', '1.2.26', '2026-02-01'],
    ['de', '1.2.85', '1985-02-01'],
    ['en-US', '12/31/2026', '2026-12-31'],
    ['en-GB', '31/12/2026', '2026-12-31'],
    ['en-US', '31/12/2026', '2026-12-31'],
    ['en-US', '5/6/2026', '2026-05-06'],
    ['en-GB', '5/6/2026', '2026-06-05'],
    ['ja', '2026/12/31', '2026-12-31'],
    ['ja', '2026年12月31日', '2026-12-31'],
    ['ko', '2026. 12. 31.', '2026-12-31'],
    ['ko', '2026년 12월 31일', '2026-12-31'],
    ['hu', '2026. 12. 31.', '2026-12-31'],
    ['nl', '31-12-2026', '2026-12-31'],
    ['ar-EG', '٣١/١٢/٢٠٢٦', '2026-12-31'],
    ['de', '31. Dezember 2026', '2026-12-31'],
    ['de', 'Donnerstag, 31. Dez. 2026', '2026-12-31'],
    ['de', '3. März 2027', '2027-03-03'],
    ['de', '3. Ma\u0308rz 2027', '2027-03-03'],
    ['en-US', 'Dec 31st, 2026', '2026-12-31'],
    ['en-GB', '31 December 2026', '2026-12-31'],
    ['fr', '1er janvier 2027', '2027-01-01'],
    ['fr', '15 août 2027', '2027-08-15'],
    ['es', '31 de diciembre de 2026', '2026-12-31'],
    ['pl', '31 grudnia 2026', '2026-12-31'],
    ['ru', '31 декабря 2026 г.', '2026-12-31'],
    ['th', '31/12/2569', '2026-12-31'],
    ['de', '2026-12-31 18:00', '2026-12-31T18:00:00+01:00'],
    ['de', '31.12.2026 um 18 Uhr', '2026-12-31T18:00:00+01:00'],
    ['de', '1.7.2026, 18.30 Uhr', '2026-07-01T18:30:00+02:00'],
    ['en-US', 'July 1, 2026 at 6:30 pm', '2026-07-01T18:30:00+02:00'],
    ['de', '25.10.2026 02:30', '2026-10-25T02:30:00+02:00'],
    ['de', '29.03.2026 02:30', refused],
    ['de', '2027-02-29', refused],
    ['de', '31.11.2026', refused],
    ['de', '13.13.2026', refused],
    ['de', '31.12.', refused],
    ['de', 'Montag, 31. Dezember 2026', refused],
    ['de', 'morgen', refused],
    ['en-US', 'tomorrow', refused],
    ['en-US', '2026-12-31 25:00', refused],
    ['sv', '5/6/2026', refused],
    ['fa', '1405/10/10', refused],
    ['en-US', '2026-12-31 and 2027-01-01', refused],
    ['en-US', '0000-01-01', refused],
    ['en-US', '12', refused],
    ['en-US', '', refused],
  ])('in %s reads %j as %j', (locale, text, value) => {
    const date = readDate(text, localeOf(locale, 'Europe/Berlin'), now);
    expect(date).toBe(value);
    // What one node accepts the next can use.
    if (date !== undefined) expect(parseInstant(date)).not.toBeNull();
  });
});
