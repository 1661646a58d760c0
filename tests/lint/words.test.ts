import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogue, catalogueFolders, placeholdersOf, saidBy } from './catalogues.js';
import { avoidable, english, german, inTheUi } from './word-list.js';

it('finds the catalogues', () => {
  expect(catalogueFolders).toContain('texts');
  expect(catalogueFolders).toContain('editor/texts');
});

const templates = new URL('../../api/templates/', import.meta.url);

/** Where the languages differ by design. */
const ownOfALanguage = [
  // The English of built-in templates and of errors is the server's.
  '.builtIn.',
  '.errors.',
  '.fieldErrors.',
];

describe.each(catalogueFolders)('the texts in %s', (folder) => {
  it('are in plain English', async () => {
    const said = (await catalogue(folder, 'en')).flatMap(saidBy);
    const list = [...english, ...inTheUi.en];
    expect(said.flatMap((text) => avoidable(text, list))).toEqual([]);
  });

  it('are in plain German', async () => {
    const said = (await catalogue(folder, 'de')).flatMap(saidBy);
    const list = [...german, ...inTheUi.de];
    expect(said.flatMap((text) => avoidable(text, list))).toEqual([]);
  });

  it('are the same in each language, with the same values', async () => {
    const [en, de] = await Promise.all([catalogue(folder, 'en'), catalogue(folder, 'de')]);
    const shape = (entry: (typeof en)[number]) => ({
      path: entry.path,
      values: placeholdersOf(entry),
    });
    const byPath = (entries: typeof en) =>
      entries
        .filter(({ path }) => !ownOfALanguage.some((part) => path.includes(part)))
        .map(shape)
        .sort((one, other) => one.path.localeCompare(other.path));
    expect(byPath(de)).toEqual(byPath(en));
  });
});

it('the list finds what it names', () => {
  expect(avoidable('The page is loaded anew.', english)).toEqual([
    '“anew” in “The page is loaded anew.”: write again',
  ]);
  expect(avoidable('Reload the page.', english)).toEqual([]);
});

it.each(readdirSync(templates))('the template %s says it in plain English', (file) => {
  const said: string[] = [];
  JSON.parse(readFileSync(new URL(file, templates), 'utf8'), (_, value: unknown) => {
    if (typeof value === 'string') said.push(value);
    return value;
  });
  expect(said.flatMap((text) => avoidable(text, english))).toEqual([]);
});
