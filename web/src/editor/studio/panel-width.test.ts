import { expect, it } from 'vitest';
import { panelWidth, widthAfterKey } from './panel-width.js';

it.each([
  [null, 360],
  ['', 360],
  ['wide', 360],
  ['400', 400],
  ['200', 320],
  ['9999', 560],
])('%j kept on the device is %s pixels', (kept, expected) => {
  expect(panelWidth(kept)).toBe(expected);
});

it.each([
  ['ArrowLeft', 344, 360],
  ['ArrowRight', 344, 328],
  ['ArrowRight', 322, 320],
  ['Home', 344, 320],
  ['End', 344, 560],
  ['a', 344, undefined],
])('%s at %s pixels: %s', (key, width, expected) => {
  expect(widthAfterKey(key, width)).toBe(expected);
});
