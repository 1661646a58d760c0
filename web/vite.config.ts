import preact from '@preact/preset-vite';
import { defineConfig, type Plugin } from 'vite';
import { compression } from 'vite-plugin-compression2';
import { codeSplitting } from './chunks.js';
import { docsPages } from './docs-pages.js';
import { build, compressed, resolve } from './vite.shared.js';

/** Where the dev server finds the API: what `npm start` serves. */
const api = process.env.CRMFLOW_API ?? 'http://127.0.0.1:3001';

/** Has the dev server show the chat page where the API does. */
const chatPage = (): Plugin => ({
  name: 'chat-page',
  apply: 'serve',
  configureServer({ middlewares }) {
    middlewares.use((request, _response, next) => {
      if (request.url?.startsWith('/c/')) request.url = '/chat.html';
      next();
    });
  },
});

export default defineConfig({
  plugins: [preact(), docsPages(), chatPage(), compression(compressed)],
  resolve,
  worker: { format: 'es' },
  build: { ...build, manifest: true, rolldownOptions: { output: { codeSplitting } } },
  server: {
    proxy: {
      '/api': { target: api },
      '/socket.io': { target: api, ws: true },
    },
  },
});
