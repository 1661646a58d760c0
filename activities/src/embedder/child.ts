// The embedder's process: it holds the model, takes texts and answers with what they mean. It has no
// environment, ends with whoever started it, and uses one core.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { EmbedderLine, EmbedderRequest, EmbedderStart, KnownAnswer } from './protocol.js';
import { createTokenizer, readVocabulary } from './tokenizer.js';

/** The model reads no further. */
const maxTokens = 512;
/** Of two models of the same weights, however rounded, vectors are nearer than that. */
const alike = 0.95;

process.once('disconnect', () => process.exit());
const [start] = (await once(process, 'message')) as [EmbedderStart];
const say = (line: EmbedderLine) => process.send?.(line);

const vocabulary = readVocabulary(readFileSync(start.vocabulary, 'utf8'));
const cut = createTokenizer(vocabulary);
const session = await InferenceSession.create(start.model, {
  ...{ intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 3 },
});

function inputsOf(texts: readonly (readonly number[])[]) {
  const longest = Math.max(...texts.map(({ length }) => length));
  const size = texts.length * longest;
  const dims = [texts.length, longest];
  const ids = new BigInt64Array(size).fill(BigInt(vocabulary.marks.pad));
  const mask = new BigInt64Array(size);
  for (const [row, numbers] of texts.entries()) {
    ids.set(numbers.map(BigInt), row * longest);
    mask.fill(1n, row * longest, row * longest + numbers.length);
  }
  const all: Record<string, Tensor> = {
    input_ids: new Tensor('int64', ids, dims),
    attention_mask: new Tensor('int64', mask, dims),
    token_type_ids: new Tensor('int64', new BigInt64Array(size), dims),
  };
  return Object.fromEntries(session.inputNames.map((name) => [name, all[name] as Tensor]));
}

/** The mean of the vectors of a text's tokens, of length 1. */
function meanOf(states: Float32Array, tokens: number, width: number): Float32Array {
  const mean = new Float32Array(width);
  for (let at = 0; at < tokens * width; at += 1) {
    mean[at % width] = (mean[at % width] ?? 0) + (states[at] ?? 0);
  }
  const length = Math.hypot(...mean) || 1;
  return mean.map((value) => value / length);
}

async function embed(texts: readonly string[]): Promise<Float32Array[]> {
  const numbers = texts.map((text) => cut(text, maxTokens));
  const answer = await session.run(inputsOf(numbers));
  const states = answer['last_hidden_state'];
  if (states?.type !== 'float32') throw new Error('The model gives no last_hidden_state.');
  const [, longest = 0, width = 0] = states.dims;
  const data = states.data as Float32Array;
  return numbers.map(({ length }, row) =>
    meanOf(data.subarray(row * longest * width, (row + 1) * longest * width), length, width),
  );
}

async function check({ text, vector }: KnownAnswer): Promise<void> {
  const [found = []] = await embed([text]);
  const cosine = vector.reduce((sum, value, at) => sum + value * (found[at] ?? 0), 0);
  if (found.length !== vector.length || cosine < alike) {
    throw new Error('The model is another one: what it says of known sentences is wrong.');
  }
}

async function answer({ texts }: EmbedderRequest): Promise<void> {
  try {
    say({ vectors: await embed(texts) });
  } catch (error) {
    say({ error: error instanceof Error ? error.message : String(error) });
  }
  if (process.memoryUsage.rss() > start.maxMemoryBytes) process.exit(1);
}

try {
  for (const known of start.answers) await check(known);
  process.on('message', (request) => void answer(request as EmbedderRequest));
  say({ ready: true });
} catch (error) {
  say({ error: error instanceof Error ? error.message : String(error) });
}
