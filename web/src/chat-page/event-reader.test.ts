import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createEventReader } from './event-reader.js';

const stream = `: hello

id: 1
event: message
data: {"text":"a: b"}

: beat

event: typing
data: {"by":"flow"}

data: x

`;
const events = ['message {"text":"a: b"}', 'typing {"by":"flow"}', 'message x'];

it('reads the events of a stream, wherever it was cut', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(stream.length)), (cuts) => {
      const found: string[] = [];
      const feed = createEventReader((event, data) => void found.push(`${event} ${data}`));
      const ends = [0, ...cuts.sort((a, b) => a - b), stream.length];
      ends.slice(1).forEach((end, index) => feed(stream.slice(ends[index], end)));
      expect(found).toEqual(events);
    }),
  );
});

it('waits for the end of an event', () => {
  const found: string[] = [];
  createEventReader((_event, data) => void found.push(data))('data: half');
  expect(found).toEqual([]);
});
