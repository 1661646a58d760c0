import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';

/** Where the dev server finds the API: what `npm start` serves. */
const api = process.env.CRMFLOW_API ?? 'http://127.0.0.1:3001';

export default defineConfig({
  plugins: [preact()],
  resolve: {
    conditions: ['@crmflow/source', 'module', 'browser', 'production', 'import', 'default'],
  },
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    // The content security policy lets nothing in that is written into the page.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: {
      '/api': { target: api },
      '/socket.io': { target: api, ws: true },
    },
  },
});
