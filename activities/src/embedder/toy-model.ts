import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { graphOf } from './e5-graph.js';
import type { Blocks, E5Image } from './e5-image.js';
import { writeOnnx } from './onnx.js';
import { files } from './published.js';
import { writeVocabulary } from './tokenizer.js';

const words = ['\u2581', 'a', 'b', 'c', '\u2581query:', '\u2581passage:', '\u2581abc', '\u2581cab'];

/** A model of the right kind and no use: its weights are made up, the same each time. */
export const toyImage = (): E5Image => {
  const width = 32;
  let seed = 1;
  const next = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  const numbers = (name: string) => {
    if (/ln\.w$/.test(name)) return new Float32Array(width).fill(1);
    const sizes: Record<string, number> = { 'emb.pos': 512 * width, 'emb.type': 2 * width };
    const size = sizes[name] ?? (name.endsWith('fi.b') ? 2 * width : width);
    return Float32Array.from({ length: size }, () => next() / 10);
  };
  const blocks = (_: string, rows: number, columns: number): Blocks => ({
    ...{ rows, columns },
    packed: Uint8Array.from({ length: (rows * columns) / 2 }, () => Math.floor(next() * 256)),
    scales: new Float32Array((rows * columns) / 32).fill(0.05),
  });
  const pieces = ['<s>', '<pad>', '</s>', '<unk>', ...words].map(
    (word, index): [string, number] => [word, index < 4 ? 0 : -3 / word.length],
  );
  return {
    ...{ width, layers: 2, heads: 2, inner: 2 * width, words: 16, positions: 512, epsilon: 1e-12 },
    ...{ pieces, marks: { begin: 0, pad: 1, end: 2, unknown: 3 }, numbers, blocks },
  };
};

/** Puts a toy model into a folder, as `getWeights` finds one. */
export function writeToyModel(folder: string): void {
  const image = toyImage();
  writeFileSync(join(folder, files.model), writeOnnx(graphOf(image)));
  writeFileSync(join(folder, files.vocabulary), writeVocabulary(image));
}
