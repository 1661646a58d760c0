/** A vector as it is stored: of length 1, as 32-bit floats, little-endian. */
export function encodeVector(values: readonly number[]): Buffer {
  const length = Math.hypot(...values) || 1;
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, index) => bytes.writeFloatLE(value / length, 4 * index));
  return bytes;
}

/** The sum of vectors of one length, each by its direction and weight. */
export function sumOf(
  vectors: readonly (readonly number[])[],
  weightOf: (index: number) => number,
): number[] {
  const sum: number[] = Array.from({ length: vectors[0]?.length ?? 0 }, () => 0);
  for (const [index, values] of vectors.entries()) {
    const share = weightOf(index) / (Math.hypot(...values) || 1);
    values.forEach((value, at) => (sum[at] = (sum[at] ?? 0) + share * value));
  }
  return sum;
}

/** A stored vector. */
export function decodeVector(bytes: Buffer): Float32Array {
  // A view needs an address that is a multiple of four; what the driver gives seldom has one.
  return new Float32Array(new Uint8Array(bytes).buffer);
}

/** The cosine of the angle between two vectors of length 1; 0 where they are of different spaces. */
export function cosine(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return 0;
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) sum += (a[index] ?? 0) * (b[index] ?? 0);
  return sum;
}

/**
 * The signs of a vector's numbers as PostgreSQL reads a bit string, 1 where one is below zero: the
 * more of them two vectors share, the nearer they are, roughly.
 */
export function signsOf(values: readonly number[]): string {
  return values.map((value) => (value < 0 ? '1' : '0')).join('');
}
