type Rgb = readonly [number, number, number];

/** What lies behind text in each theme, at its least favourable: see --surface-2 in chat.css. */
const behind = { light: '#eef0f3', dark: '#22262d' } as const;

const rgbOf = (hex: string): Rgb => {
  const number = parseInt(hex.slice(1), 16);
  return [number >> 16, (number >> 8) & 255, number & 255];
};

const hexOf = (rgb: Rgb): string =>
  `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;

const linear = (part: number): number =>
  part <= 10 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4;

function luminance(hex: string): number {
  const [red, green, blue] = rgbOf(hex).map(linear) as unknown as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The contrast of two colours by WCAG, from 1 to 21. Colours are `#rrggbb`. */
export function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one) + 0.05, luminance(other) + 0.05];
  return Math.max(a, b) / Math.min(a, b);
}

/** How bright a colour can be for white text on it to have a contrast of 4.5. */
const brightest = 1.05 / 4.5 - 0.05;

/** The colour of text on a colour: white where it can be read, else black, which then can. */
export function readableOn(colour: string): string {
  return luminance(colour) <= brightest ? '#ffffff' : '#000000';
}

/** The colour, made as much darker or lighter as it needs to stand out from what is behind it. */
function standingOut(colour: string, from: string, least: number): string {
  const target = rgbOf(readableOn(from));
  const own = rgbOf(colour);
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = own.map((part, index) => part + ((target[index] ?? 0) - part) * share);
    const hex = hexOf(mixed as unknown as Rgb);
    if (contrast(hex, from) >= least) return hex;
  }
  return hexOf(target);
}

/** The colours of one theme: a fill and its text, and the same colour as text. */
export type Palette = { fill: string; onFill: string; accent: string };

/** What becomes of a deployment's colour in a theme so that everything can be read. */
export function paletteOf(colour: string, theme: keyof typeof behind): Palette {
  const fill = standingOut(colour, behind[theme], 1.4);
  return {
    fill,
    onFill: readableOn(fill),
    accent: standingOut(colour, behind[theme], 4.6),
  };
}
