import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import preact from '@preact/preset-vite';
import { build, preview } from 'vite';
import { codeSplitting } from '../../web/chunks.js';

const root = import.meta.dirname;

/** Both pages, built as for production and served. */
export type Pages = { studio: string; reactFlow: string; close(): Promise<void> };

/** Builds each page on its own: one is Preact's, the other React's. */
export async function servePages(): Promise<Pages> {
  const folder = await mkdtemp(join(tmpdir(), 'crmflow-editor-'));
  const serve = async (name: 'studio' | 'react-flow') => {
    const outDir = join(folder, name);
    const common = { root, configFile: false, logLevel: 'error' } as const;
    await build({
      ...common,
      plugins: name === 'studio' ? [preact()] : [],
      resolve: {
        conditions: ['@crmflow/source', 'module', 'browser', 'production', 'import', 'default'],
      },
      worker: { format: 'es' },
      build: {
        ...{ outDir, target: 'es2023', modulePreload: { polyfill: false } },
        rolldownOptions: { input: join(root, `${name}.html`), output: { codeSplitting } },
      },
    });
    const server = await preview({
      ...common,
      build: { outDir },
      preview: { port: 0, host: '127.0.0.1' },
    });
    const url = `${server.resolvedUrls?.local[0] ?? ''}${name}.html`;
    return { url, close: () => server.close() };
  };
  const studio = await serve('studio');
  const reactFlow = await serve('react-flow');
  return {
    studio: studio.url,
    reactFlow: reactFlow.url,
    async close() {
      await Promise.all([studio.close(), reactFlow.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
