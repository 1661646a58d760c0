import { defineConfig } from 'vite';
import { compression } from 'vite-plugin-compression2';
import { build, compressed } from './vite.shared.js';

/**
 * The script that sites load to show a chat: one classic script under a name that never changes.
 * Adds to what the build of the web app has made.
 */
export default defineConfig({
  plugins: [compression(compressed)],
  publicDir: false,
  build: {
    ...build,
    emptyOutDir: false,
    lib: {
      entry: 'src/embed/main.ts',
      formats: ['iife'],
      name: 'crmflow',
      fileName: () => 'embed/v1.js',
    },
  },
});
