import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { expect, it } from 'vitest';
import { productDocument } from './product-document.js';

const path = fileURLToPath(new URL('../../../docs/openapi.json', import.meta.url));

it('docs/openapi.json is what the routes say', async () => {
  const text = JSON.stringify(await productDocument());
  const now = await format(text, { ...(await resolveConfig(path)), filepath: path });
  const stale = 'docs/openapi.json is stale: run `npm run openapi` and commit what it wrote';
  await expect(now, stale).toMatchFileSnapshot(path);
});
