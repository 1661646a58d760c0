import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = new URL('../../web/src', import.meta.url).pathname;

/** A text as it is written: fixed, or made of values. */
type Entry = { path: string; value: string | ((...values: number[]) => unknown) };

/** Values that are told apart in what is made of them, and are plurals; then as singulars. */
const samples = [
  [11, 23, 37, 41],
  [1, 1, 1, 1],
] as const;

function entriesOf(value: unknown, path: string): Entry[] {
  if (typeof value === 'string') return [{ path, value }];
  if (typeof value === 'function') return [{ path, value: value as (...v: number[]) => unknown }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => entriesOf(inner, `${path}.${key}`));
}

/** Where the catalogues are: each folder has `en.ts` and `de.ts`. */
export const catalogueFolders = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('texts/en.ts'))
  .map((file) => dirname(file));

/** The texts of a catalogue in one language, as they are written. */
export async function catalogue(folder: string, language: 'en' | 'de'): Promise<Entry[]> {
  const file = join(root, folder, `${language}.ts`);
  const loaded = (await import(/* @vite-ignore */ file)) as { [name: string]: unknown };
  return entriesOf(loaded[language], folder);
}

/** What a text says with each set of sample values. */
export function saidBy({ value }: Entry): string[] {
  return typeof value === 'string' ? [value] : samples.map((values) => String(value(...values)));
}

/** Which of the sample values a text shows. */
export function placeholdersOf({ value }: Entry): number[] {
  if (typeof value === 'string') return [];
  const said = String(value(...samples[0]));
  return samples[0].filter((one) => said.includes(String(one)));
}
