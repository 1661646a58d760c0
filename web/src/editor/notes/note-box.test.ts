import { expect, it } from 'vitest';
import { noteBox } from './note-box.js';

const box = (text: string) => noteBox({ id: 'n', text, position: { x: 8, y: -16 } });

it('is as high as its lines, at least one', () => {
  expect(box('')).toEqual({ id: 'n', x: 8, y: -16, width: 220, height: 44 });
  expect(box('one\n\nthree').height).toBe(84);
  expect(box('x'.repeat(60)).height).toBe(84);
});
