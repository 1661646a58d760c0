import { describe, expect, it } from 'vitest';
import { eventTypeOf, socketEventOf } from './event-names.js';
import { runEventDataSchemas } from './run/event.js';

describe('socketEventOf', () => {
  it('names a socket event for each type, and leads back to that type', () => {
    for (const type of Object.keys(runEventDataSchemas) as (keyof typeof socketEventOf)[]) {
      expect(eventTypeOf(socketEventOf[type])).toBe(type);
    }
  });

  it('knows no type for live events, unknown ones and names of the prototype', () => {
    for (const name of ['ai:chunk', 'node:retrying', 'run:rewound', 'constructor', '']) {
      expect(eventTypeOf(name)).toBeUndefined();
    }
  });
});
