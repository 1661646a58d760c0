import type { RunLocale } from './locale.js';

/** The locale of runs that began before runs had one, and of what is worked out outside of runs. */
export const englishLocale: RunLocale = {
  tag: 'en',
  timezone: 'UTC',
  region: 'US',
  number: { decimal: '.', group: ',', sizes: [3, 3], groupedFrom: 4 },
  date: {
    order: 'mdy',
    calendar: 'gregory',
    months: [
      ...[['January', 'Jan'], ['February', 'Feb'], ['March', 'Mar'], ['April', 'Apr'], ['May']],
      ...[
        ['June', 'Jun'],
        ['July', 'Jul'],
        ['August', 'Aug'],
        ['September', 'Sep'],
      ],
      ...[
        ['October', 'Oct'],
        ['November', 'Nov'],
        ['December', 'Dec'],
      ],
    ],
    weekdays: [
      ...[
        ['Sunday', 'Sun'],
        ['Monday', 'Mon'],
        ['Tuesday', 'Tue'],
        ['Wednesday', 'Wed'],
      ],
      ...[
        ['Thursday', 'Thu'],
        ['Friday', 'Fri'],
        ['Saturday', 'Sat'],
      ],
    ],
    short: '{MM}/{dd}/{y}',
    long: '{MMMM} {d}, {y}',
    time: '{h}:{m} {a}',
    halves: ['AM', 'PM'],
  },
};
