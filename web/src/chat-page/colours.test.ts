import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contrast, paletteOf, readableOn } from './colours.js';

const colours = fc
  .integer({ min: 0, max: 0xffffff })
  .map((number) => `#${number.toString(16).padStart(6, '0')}`);
const behind = { light: '#eef0f3', dark: '#22262d' } as const;
const themes = ['light', 'dark'] as const;

describe('the colour of a deployment', () => {
  it('has the contrast that WCAG defines', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });

  it('has readable text on it, whatever the color is', () => {
    fc.assert(
      fc.property(colours, (colour) => {
        expect(contrast(colour, readableOn(colour))).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });

  it.each([
    ['#4f46e5', '#ffffff'],
    ['#000000', '#ffffff'],
    ['#ffdd00', '#000000'],
    ['#ffffff', '#000000'],
  ])('%s has text in %s', (colour, text) => {
    expect(readableOn(colour)).toBe(text);
  });

  it.each(themes)('is readable as text and visible as a fill in the %s theme', (theme) => {
    fc.assert(
      fc.property(colours, (colour) => {
        const { fill, onFill, accent } = paletteOf(colour, theme);
        expect(contrast(fill, onFill)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(fill, behind[theme])).toBeGreaterThanOrEqual(1.4);
        expect(contrast(accent, behind[theme])).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });

  it('is changed only if it has to be', () => {
    expect(paletteOf('#4f46e5', 'light')).toEqual({
      fill: '#4f46e5',
      onFill: '#ffffff',
      accent: '#4f46e5',
    });
    expect(paletteOf('#ffd400', 'dark').fill).toBe('#ffd400');
    expect(paletteOf('#ffffff', 'light').fill).not.toBe('#ffffff');
  });
});
