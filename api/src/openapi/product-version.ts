import { readFileSync } from 'node:fs';

const manifest = new URL('../../package.json', import.meta.url);

/** The version of the product, as packages carry it. */
export const productVersion = (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string })
  .version;
