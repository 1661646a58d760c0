// The process in which the conversations of spawn-talk.ts are held: talk-child.mjs <url> <conversations>
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const { module } = await runnerImport(fileURLToPath(new URL('./spawn-talk.ts', import.meta.url)));
await module.serve(...process.argv.slice(2));
