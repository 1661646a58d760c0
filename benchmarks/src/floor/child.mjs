// The process in which child.ts runs: child.mjs <address> <task queue>
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const { module } = await runnerImport(fileURLToPath(new URL('./child.ts', import.meta.url)));
await module.main(...process.argv.slice(2));
