import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';
import { compression } from 'vite-plugin-compression2';
import { build, compressed, resolve } from './vite.shared.js';

/**
 * The chat page, which customers load. A build apart from the web app, so that neither has to load
 * what the other shares with it; it adds to what that has made.
 */
export default defineConfig({
  plugins: [preact(), compression(compressed)],
  resolve,
  publicDir: false,
  build: {
    ...build,
    emptyOutDir: false,
    manifest: '.vite/chat-manifest.json',
    rolldownOptions: { input: 'chat.html' },
  },
});
