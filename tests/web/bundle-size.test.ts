import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

type Chunk = { file: string; imports?: string[]; dynamicImports?: string[] };

const dist = fileURLToPath(new URL('../../web/dist/', import.meta.url));
const manifestOf = (name: string) =>
  JSON.parse(readFileSync(`${dist}.vite/${name}.json`, 'utf8')) as Record<string, Chunk>;
const manifest = manifestOf('manifest');
const chatManifest = manifestOf('chat-manifest');

/** Bytes of a script as it goes over the wire to a browser of today: those of brotli. */
function wireBytes(file: string): number {
  try {
    return statSync(`${dist}${file}.br`).size;
  } catch {
    return statSync(dist + file).size;
  }
}

/** The scripts that a browser fetches before it runs what is named. */
function filesOf(...names: string[]): Set<string> {
  const files = new Set<string>();
  const add = (name: string) => {
    const chunk = manifest[name];
    if (!chunk) throw new Error(`The build has no ${name}.`);
    if (files.has(chunk.file)) return;
    if (chunk.file.endsWith('.js')) files.add(chunk.file);
    for (const imported of chunk.imports ?? []) add(imported);
  };
  names.forEach(add);
  return files;
}

/** A line a file with its size, the largest first, and the sum. */
function measure(files: Iterable<string>): { sum: number; table: string } {
  const sizes = [...files].map((file) => ({ file, bytes: wireBytes(file) }));
  sizes.sort((a, b) => b.bytes - a.bytes);
  const sum = sizes.reduce((total, { bytes }) => total + bytes, 0);
  const table = sizes.map(({ file, bytes }) => `${String(bytes).padStart(8)} ${file}`).join('\n');
  return { sum, table };
}

const less = (files: Set<string>, known: Set<string>) =>
  [...files].filter((file) => !known.has(file));

const shell = filesOf('index.html');
const editor = filesOf('src/editor/studio/editor-page.tsx', 'src/editor/editor-texts.ts');

/** Compressed bytes of files in total, and a line for each. */
function compressed(files: readonly string[]) {
  const sizes = files.map((file) => {
    const bytes = readFileSync(dist + file);
    return { file, gzip: gzipSync(bytes).length, brotli: brotliCompressSync(bytes).length };
  });
  const table = sizes.map(({ file, gzip, brotli }) => `${gzip} (brotli: ${brotli}) ${file}`);
  return { gzip: sizes.reduce((sum, { gzip }) => sum + gzip, 0), table: table.join('\n') };
}

describe('what a browser has to fetch, compressed', () => {
  it('is at most 60 kB of script for the shell of the app', () => {
    const { sum, table } = measure(shell);
    expect(sum, table).toBeLessThanOrEqual(60_000);
  });

  it.each([
    'src/flows/flow-list-page.tsx',
    'src/templates/templates-page.tsx',
    'src/share/share-page.tsx',
    'src/share/deployment-page.tsx',
    'src/customers/conversations/conversations-page.tsx',
    'src/customers/conversations/conversation-page.tsx',
    'src/customers/contacts/contacts-page.tsx',
    'src/customers/contacts/contact-page.tsx',
    'src/runs/list/runs-page.tsx',
    'src/runs/run/run-page.tsx',
    'src/knowledge/knowledge-page.tsx',
    'src/settings/settings-page.tsx',
  ])('is at most 80 kB with %s too', (page) => {
    const { sum, table } = measure(new Set([...shell, ...filesOf(page)]));
    expect(sum, table).toBeLessThanOrEqual(80_000);
  });

  it('is at most 120 kB more for the studio', () => {
    const { sum, table } = measure(less(editor, shell));
    expect(sum, table).toBeLessThanOrEqual(120_000);
  });

  it.each(['generate/generate.tsx', 'inspector/http/try-panel.tsx'])(
    'is not %s before somebody uses it',
    (name) => {
      const [own] = filesOf(`src/editor/${name}`);
      expect(own).toBeDefined();
      expect([...shell, ...editor]).not.toContain(own);
    },
  );

  it('is at most 30 kB for the whole chat page', () => {
    const page = readFileSync(`${dist}chat.html`, 'utf8');
    const assets = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, file]) => file!);
    expect(assets).toHaveLength(2);
    expect(Object.keys(chatManifest)).toEqual(['chat.html']);
    const { gzip, table } = compressed(['chat.html', ...assets]);
    expect(gzip, table).toBeLessThanOrEqual(30_000);
  });

  it('is at most 3 kB for the script on other sites, which loads no further script', () => {
    const { gzip, table } = compressed(['embed/v1.js']);
    expect(gzip, table).toBeLessThanOrEqual(3_000);
    expect(readFileSync(`${dist}embed/v1.js`, 'utf8')).not.toMatch(/\bimport\b|\bexport\b/);
  });

  it('includes no schema library on any page', () => {
    const all = Object.values({ ...manifest, ...chatManifest }).map(({ file }) => file);
    const scripts = all.filter((file) => file.endsWith('.js'));
    const withSchemas = scripts.filter((file) =>
      readFileSync(dist + file, 'utf8').includes('ZodError'),
    );
    expect(withSchemas).toEqual([]);
  });
});
