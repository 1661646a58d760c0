import protobuf from 'protobufjs/minimal.js';

/** A tensor that is part of a graph. `uint8` may hold two numbers of 4 bits a byte. */
export type Tensor =
  | { type: 'float'; dims: readonly number[]; data: Float32Array }
  | { type: 'uint8'; dims: readonly number[]; data: Uint8Array }
  | { type: 'int64'; dims: readonly number[]; data: BigInt64Array };

/** One step of a graph; operators outside of ONNX itself are ONNX Runtime's own. */
export type Step = {
  operator: string;
  isOwn?: boolean;
  inputs: readonly string[];
  output: string;
  /** Whole numbers, but for those named here. */
  integers?: Record<string, number>;
  floats?: Record<string, number>;
};

/** A model: what it is asked (whole numbers, texts by tokens), its steps and its weights. */
export type Graph = {
  inputs: readonly string[];
  steps: readonly Step[];
  tensors: ReadonlyMap<string, Tensor>;
  output: { name: string; width: number };
};

const { Writer } = protobuf;
type Message = protobuf.Writer;
type Fill = (message: Message) => void;

/** Types of elements, by the numbers that the format has for them. */
const types = { float: 1, uint8: 2, int64: 7 } as const;
const attributeTypes = { float: 1, integer: 2 } as const;
/** The version of the format, and of the operators; ONNX Runtime's own have one of theirs. */
const formatVersion = 9;
const operatorVersions = { '': 20, 'com.microsoft': 1 } as const;

const text = (message: Message, field: number, value: string) =>
  message.uint32((field << 3) | 2).string(value);
const integer = (message: Message, field: number, value: number) =>
  message.uint32(field << 3).int64(value);

function part(message: Message, field: number, fill: Fill): void {
  message.uint32((field << 3) | 2).fork();
  fill(message);
  message.ldelim();
}

const stepOf =
  ({ operator, isOwn, inputs, output, integers = {}, floats = {} }: Step): Fill =>
  (message) => {
    for (const input of inputs) text(message, 1, input);
    text(message, 2, output);
    text(message, 4, operator);
    for (const [name, value] of Object.entries(floats)) {
      part(message, 5, (attribute) => {
        text(attribute, 1, name);
        attribute.uint32((2 << 3) | 5).float(value);
        integer(attribute, 20, attributeTypes.float);
      });
    }
    for (const [name, value] of Object.entries(integers)) {
      part(message, 5, (attribute) => {
        text(attribute, 1, name);
        integer(attribute, 3, value);
        integer(attribute, 20, attributeTypes.integer);
      });
    }
    if (isOwn) text(message, 7, 'com.microsoft');
  };

const tensorOf =
  (name: string, { type, dims, data }: Tensor): Fill =>
  (message) => {
    for (const size of dims) integer(message, 1, size);
    integer(message, 2, types[type]);
    text(message, 8, name);
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    message.uint32((9 << 3) | 2).bytes(bytes);
  };

/** An input or output: a name, a type, and sizes, of which a word stands for any. */
const valueOf =
  (name: string, type: keyof typeof types, dims: readonly (string | number)[]): Fill =>
  (message) => {
    text(message, 1, name);
    part(message, 2, (value) =>
      part(value, 1, (tensor) => {
        integer(tensor, 1, types[type]);
        part(tensor, 2, (shape) => {
          for (const size of dims) {
            part(shape, 1, (dim) =>
              typeof size === 'number' ? integer(dim, 1, size) : text(dim, 2, size),
            );
          }
        });
      }),
    );
  };

/** A graph as a file of ONNX. */
export function writeOnnx({ inputs, steps, tensors, output }: Graph): Uint8Array {
  const message = Writer.create();
  integer(message, 1, formatVersion);
  part(message, 7, (graph) => {
    for (const step of steps) part(graph, 1, stepOf(step));
    text(graph, 2, 'encoder');
    for (const [name, tensor] of tensors) part(graph, 5, tensorOf(name, tensor));
    for (const name of inputs) part(graph, 11, valueOf(name, 'int64', ['texts', 'tokens']));
    part(graph, 12, valueOf(output.name, 'float', ['texts', 'tokens', output.width]));
  });
  for (const [domain, version] of Object.entries(operatorVersions)) {
    part(message, 8, (set) => {
      text(set, 1, domain);
      integer(set, 2, version);
    });
  }
  return message.finish();
}
