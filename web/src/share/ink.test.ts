import { expect, it } from 'vitest';
import { inkOn } from './ink.js';

it.each([
  ['#4f46e5', '#ffffff'],
  ['#000000', '#ffffff'],
  ['#ffdd00', '#000000'],
  ['#ffffff', '#000000'],
])('on %s one reads %s', (colour, ink) => {
  expect(inkOn(colour)).toBe(ink);
});
