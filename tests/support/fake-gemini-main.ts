import { startFakeGemini } from './fake-gemini.js';

/**
 * The fake on its own, to try the system by hand or to measure it: `PORT` and `CHUNK_GAP_MS` from
 * the environment, its address as the one line on standard output.
 */
const { PORT = '0', CHUNK_GAP_MS = '0', CHUNKS = '8' } = process.env;
const fake = await startFakeGemini({
  port: Number(PORT),
  chunks: Number(CHUNKS),
  gap: Number(CHUNK_GAP_MS),
});
process.stdout.write(`${fake.url}\n`);
