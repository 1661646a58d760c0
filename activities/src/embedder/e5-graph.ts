import type { Blocks, E5Image } from './e5-image.js';
import type { Graph, Step, Tensor } from './onnx.js';

/** Multiplies by numbers of 8 bits, as quick as it gets; the weights have 4 anyhow. */
const accuracy = 4;
const blockSize = 32;
const bits = 4;

function plus(numbers: Float32Array, others: Float32Array): Float32Array {
  return numbers.map((value, index) => value + (others[index % others.length] ?? 0));
}

function joined(parts: readonly Float32Array[]): Float32Array {
  return Float32Array.from(parts.flatMap((part) => [...part]));
}

/** The encoder of an image as a graph: from tokens to a vector for each. */
export function graphOf(image: E5Image): Graph {
  const { width, layers, heads, inner, words, positions, epsilon } = image;
  const steps: Step[] = [];
  const tensors = new Map<string, Tensor>();
  const step = (operator: string, inputs: string[], output: string, rest: Partial<Step> = {}) => {
    steps.push({ operator, inputs, output, ...rest });
    return output;
  };
  const own = (operator: string, inputs: string[], output: string, rest: Partial<Step> = {}) =>
    step(operator, inputs, output, { ...rest, isOwn: true });
  const floats = (name: string, data: Float32Array, dims: readonly number[] = [data.length]) => {
    tensors.set(name, { type: 'float', dims, data });
    return name;
  };
  const whole = (name: string, ...values: number[]) => {
    const data = BigInt64Array.from(values.map(BigInt));
    tensors.set(name, { type: 'int64', dims: [values.length], data });
    return name;
  };
  const blocks = (name: string, { rows, columns, packed, scales }: Blocks, dims: number[]) => {
    tensors.set(name, { type: 'uint8', dims, data: packed });
    return [name, floats(`${name}.scale`, scales, [rows, columns / blockSize])];
  };
  const numbers = (name: string) => floats(name, image.numbers(name));

  const multiply = (input: string, name: string, [rows, columns]: [number, number]) => {
    const dims = [rows, columns / blockSize, blockSize / 2];
    const weights = blocks(`${name}.w`, image.blocks(`${name}.w`, rows, columns), dims);
    return own('MatMulNBits', [input, ...weights], `${name}.out`, {
      integers: {
        ...{ K: columns, N: rows, bits },
        ...{ block_size: blockSize, accuracy_level: accuracy },
      },
    });
  };
  const normalize = (input: string, before: string, name: string, bias: string[] = []) =>
    own(
      'SkipLayerNormalization',
      [input, before, numbers(`${name}.w`), numbers(`${name}.b`), ...bias],
      `${name}.out`,
      { floats: { epsilon } },
    );

  const table = blocks('emb.word', image.blocks('emb.word', words, width), [words, width / 2]);
  const [data = '', scale = ''] = table;
  const looked = own('GatherBlockQuantized', [data, 'input_ids', scale], 'words', {
    integers: { gather_axis: 0, quantize_axis: 1, block_size: blockSize, bits },
  });
  // There is one kind of text: what marks it is the same everywhere, as part of each place.
  const kind = image.numbers('emb.type').slice(0, width);
  const places = floats('places', plus(image.numbers('emb.pos'), kind), [positions, width]);
  const length = step('Shape', ['input_ids'], 'length', { integers: { start: 1, end: 2 } });
  const taken = step('Slice', [places, whole('zero', 0), length], 'taken');
  let state = normalize(looked, step('Unsqueeze', [taken, 'zero'], 'placed'), 'emb.ln');
  const mask = step('Cast', ['attention_mask'], 'mask', { integers: { to: 6 } });
  for (let layer = 0; layer < layers; layer += 1) {
    const of = (name: string) => `l${layer}.${name}`;
    const parts = ['q', 'k', 'v'].map(of);
    const bias = floats(of('bias'), joined(parts.map((name) => image.numbers(`${name}.b`))));
    const heard = parts.map((name) => multiply(state, name, [width, width]));
    const attended = own('MultiHeadAttention', [...heard, bias, mask], of('attended'), {
      integers: { num_heads: heads },
    });
    const answer = multiply(attended, of('ao'), [width, width]);
    const first = normalize(answer, state, of('aln'), [numbers(of('ao.b'))]);
    const wide = multiply(first, of('fi'), [inner, width]);
    const bent = own('BiasGelu', [wide, numbers(of('fi.b'))], of('bent'));
    const narrow = multiply(bent, of('fo'), [width, inner]);
    state = normalize(narrow, first, of('oln'), [numbers(of('fo.b'))]);
  }
  const output = { name: 'last_hidden_state', width };
  step('Identity', [state], output.name);
  return { inputs: ['input_ids', 'attention_mask'], steps, tensors, output };
}
