import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';
import { compression } from 'vite-plugin-compression2';
import { codeSplitting } from './chunks.js';
import { docsPages } from './docs-pages.js';

/** Where the dev server finds the API: what `npm start` serves. */
const api = process.env.CRMFLOW_API ?? 'http://127.0.0.1:3001';

export default defineConfig({
  // Compressed once, here, as small as it gets; the API only chooses.
  plugins: [
    preact(),
    docsPages(),
    compression({ algorithms: ['gzip', 'brotliCompress'], threshold: 1_000 }),
  ],
  resolve: {
    conditions: ['@crmflow/source', 'module', 'browser', 'production', 'import', 'default'],
  },
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    manifest: true,
    // The content security policy lets nothing in that is written into the page.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting } },
  },
  server: {
    proxy: {
      '/api': { target: api },
      '/socket.io': { target: api, ws: true },
    },
  },
});
