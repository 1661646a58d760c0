import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type pg from 'pg';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newItemRow, newUserRow, readInto } from '../testing/new-item.js';
import { useDatabase } from '../testing/scratch-database.js';
import { transaction } from '../transaction.js';
import type { Embed } from './embed.js';
import { embedPassages } from './embed-passages.js';
import { publishReading } from './publish-reading.js';
import { splitDocument } from './passages.js';
import { beginReading, failReading, saveProgress } from './reading.js';
import { reindexItem } from './reindex.js';
import { retrieve, type RetrieveRequest } from './retrieve.js';
import { storeReading } from './store-reading.js';

const searchWordsMigration = new URL(
  '../../prisma/migrations/20261130115000_search_words/',
  import.meta.url,
);
const database = useDatabase();
let pool: pg.Pool;
let workspaceId: string;

beforeAll(() => {
  ({ pool } = database);
});
beforeEach(async () => {
  workspaceId = await newUserRow(pool);
});

const rowOf = async (id: string) =>
  (await pool.query<Record<string, unknown>>('SELECT * FROM "KnowledgeItem" WHERE id = $1', [id]))
    .rows[0];

async function add(name: string, text: string, title = name): Promise<string> {
  const id = await newItemRow(pool, { workspaceId, name });
  await readInto(pool, id, text, { title });
  return id;
}

const find = (query: string, more: Partial<RetrieveRequest> = {}) =>
  retrieve({ pool }, { workspaceId, queries: [query], limit: 5, ...more });
const names = async (query: string, more?: Partial<RetrieveRequest>) =>
  (await find(query, more)).passages.map(({ name }) => name);

type Plan = { 'Actual Rows': number; 'Actual Loops': number; Plans?: Plan[] };
const stepsOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(stepsOf)];

const returns = 'Goods may be sent back within thirty days. The refund goes to the card that paid.';
const shipping = 'Parcels leave our warehouse on weekdays. Delivery to Norway takes four days.';

describe('in any letters', () => {
  it.each<[entry: string, query: string, isFound: boolean]>([
    ['Öffnungszeiten sind von neun bis fünf.', 'öffnungszeiten', true],
    ['ÖFFNUNGSZEITEN SIND VON NEUN BIS FÜNF.', 'Öffnungszeiten', true],
    ['O\u0308ffnungszeiten sind von neun bis fu\u0308nf.', 'Öffnungszeiten', true],
    ['Öffnungszeiten sind von neun bis fünf.', 'O\u0308ffnungszeiten', true],
    ['Dvořák dirigiert am Abend.', 'DVOR\u030cA\u0301K', true],
    ['Часы работы с девяти до пяти.', 'ЧАСЫ', true],
    ['Ώρες λειτουργίας από τις εννέα.', 'ώρες', true],
    ['健康保険証の再発行には七日かかります。', '健康', true],
    ['健康保険証の再発行には七日かかります。', '再発行', true],
    ['健康保険証の再発行には七日かかります。', '証', true],
    ['ราคาสินค้าคือสิบบาท', 'ราคา', true],
    ['Der Donau\u00addampfer fährt ab.', 'Donaudampfer', true],
    ['Die ﬁnale Rechnung.', 'finale', true],
    ['健康保険証の再発行には七日かかります。', '税金', false],
    ['Öffnungszeiten sind von neun bis fünf.', 'Schließfach', false],
  ])('of %s finds %s: %j', async (entry, query, isFound) => {
    await add('Entry', entry);
    expect((await names(query)).length > 0).toBe(isFound);
  });
});

it('reads what was stored before again, by the migration', async () => {
  await add('Entry', 'Öffnungszeiten sind von neun bis fünf. 健康保険証は七日。');
  await pool.query(`UPDATE "KnowledgePassage" SET search = to_tsvector('simple', text)`);
  expect(await names('öffnungszeiten')).toEqual([]);
  await pool.query(readFileSync(new URL('migration.sql', searchWordsMigration), 'utf8'));
  for (const query of ['öffnungszeiten', '健康', '証']) {
    expect(await names(query)).toEqual(['Entry']);
  }
});

describe('by words', () => {
  it('finds by stems, the best first, with where it is from, and says that it was by words', async () => {
    const id = await add('Returns', returns);
    await add('Shipping', shipping);
    const found = await find('How do I get my refunds when I return goods?');
    expect(found.mode).toBe('text');
    expect(found.notice).toMatch(/No model/);
    expect(found.passages[0]).toEqual({
      ...{ itemId: id, index: 0, name: 'Returns', type: 'manual', heading: 'Returns' },
      text: returns,
      score: expect.any(Number) as number,
    });
    for (const { score } of found.passages) expect(score).toBeGreaterThan(0);
  });

  it('needs no word but one, and finds nothing where there is none', async () => {
    await add('Shipping', shipping);
    expect(await names('Would you ship a piano to Norway on a Sunday?')).toEqual(['Shipping']);
    expect(await names('xylophone')).toEqual([]);
    expect(await names('the and of')).toEqual([]);
    expect(await names(`' | !( <-> :* \\ & %`)).toEqual([]);
  });

  it('looks at each passage a few times only, also before PostgreSQL has counted any', async () => {
    const [items, perItem] = [5, 200];
    for (let item = 0; item < items; item += 1) {
      const id = await add(`Handbook ${item}`, returns);
      await pool.query(
        `INSERT INTO "KnowledgePassage" ("itemId", generation, index, "workspaceId", text, search)
         SELECT "itemId", generation, n, "workspaceId", text, search
           FROM "KnowledgePassage", generate_series(1, $2) AS n WHERE "itemId" = $1 AND index = 0`,
        [id, perItem - 1],
      );
    }
    const plans: Plan[] = [];
    const explaining = {
      query: async (statement: { text: string; values: unknown[] }, values?: unknown[]) => {
        if (!statement.text?.startsWith('WITH')) return pool.query(statement, values);
        const explain = `EXPLAIN (ANALYZE, FORMAT JSON) ${statement.text}`;
        const { rows } = await pool.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
          explain,
          statement.values,
        );
        plans.push(...rows.map((row) => row['QUERY PLAN'][0].Plan));
        return { rows: [] };
      },
    } as unknown as pg.Pool;
    await retrieve(
      { pool: explaining },
      { workspaceId, queries: ['a refund for goods'], limit: 5 },
    );
    expect(plans).toHaveLength(1);
    const seen = plans.flatMap(stepsOf).map((step) => step['Actual Rows'] * step['Actual Loops']);
    expect(Math.max(...seen)).toBeLessThan(10 * items * perItem);
  });

  it('lets rare words weigh more than common ones', async () => {
    for (let index = 0; index < 8; index += 1) {
      await add(
        `Plan ${index}`,
        `The price of plan ${index} has to be paid each month, says the price list.`,
      );
    }
    await add('Parking', 'A garage is beside the house.');
    expect((await names('price of the garage'))[0]).toBe('Parking');
  });

  it('reads each item in its language, whatever the question is in', async () => {
    await add(
      'Versand',
      'Die Versandkosten betragen fünf Euro, und die Pakete werden am nächsten Tag verschickt.',
    );
    await add('Shipping', shipping);
    const { rows } = await pool.query<{ name: string; language: string }>(
      `SELECT name, language FROM "KnowledgeItem" WHERE "workspaceId" = $1 ORDER BY name`,
      [workspaceId],
    );
    expect(rows.map(({ language }) => language)).toEqual(['english', 'german']);
    expect(await names('Was kostet der Versand eines Pakets?')).toEqual(['Versand']);
    expect(await names('delivering to Norway')).toEqual(['Shipping']);
  });

  it('is of the workspace, of what is enabled, and of the items that are named', async () => {
    const one = await add('One', returns);
    const two = await add('Two', returns);
    const stranger = await newUserRow(pool);
    expect((await names('refund')).sort()).toEqual(['One', 'Two']);
    expect(await names('refund', { itemIds: [two] })).toEqual(['Two']);
    expect(await names('refund', { itemIds: [] })).toEqual([]);
    expect(await names('refund', { workspaceId: stranger, itemIds: [one] })).toEqual([]);
    await pool.query('UPDATE "KnowledgeItem" SET enabled = false WHERE id = $1', [one]);
    expect(await names('refund')).toEqual(['Two']);
    expect(await names('refund', { itemIds: [one] })).toEqual([]);
  });

  it('gives whole passages only, within the budget', async () => {
    await add('One', returns);
    await add('Two', `${returns} Shops take them too.`);
    const tokens = Math.ceil(returns.length / 3);
    const { passages } = await find('refund', { maxTokens: tokens });
    expect(passages.map(({ text }) => text)).toEqual([returns]);
    expect((await find('refund', { maxTokens: 5 })).passages).toEqual([]);
  });

  it('reads several ways to ask as one, and what they follow as less', async () => {
    await add('Returns', returns);
    await add('Shipping', shipping);
    const { passages } = await retrieve(
      { pool },
      { workspaceId, queries: ['refund', 'refund of goods', ' '], limit: 2 },
    );
    expect(passages.map(({ name }) => name)).toEqual(['Returns']);
    const following = async (weight: number) =>
      names('refund', { context: [{ text: 'parcels on weekdays to Norway', weight }] });
    expect(await following(0.3)).toEqual(['Returns', 'Shipping']);
    expect(await following(0.9)).toEqual(['Shipping', 'Returns']);
    expect((await retrieve({ pool }, { workspaceId, queries: [''], limit: 2 })).passages).toEqual(
      [],
    );
  });
});

/** Meanings of a test: whether a text is about money, and whether it is about the way. */
const embed: Embed = async (texts) => ({
  model: 'test',
  vectors: texts.map((text) => [
    /refund|money|cash/i.test(text) ? 1 : 0.1,
    /deliver|travel|parcel/i.test(text) ? 1 : 0.1,
  ]),
});

const signal = new AbortController().signal;
const embedded = async (itemId: string, reading = 1) => {
  await embedPassages({ pool, embed }, { itemId, reading }, { signal, onBatch: () => {} });
  await transaction(pool, (client) => publishReading(client, { itemId, reading }));
};

describe('by meaning', () => {
  it('finds what has no word in common, and joins both', async () => {
    const id = await add('Returns', returns);
    const other = await add('Shipping', shipping);
    await embedded(id);
    await embedded(other);
    expect((await rowOf(id))?.['embedded']).toBe(true);
    const found = await retrieve({ pool, embed }, { workspaceId, queries: ['cash'], limit: 1 });
    expect(found).toMatchObject({ mode: 'hybrid', passages: [{ name: 'Returns' }] });
    expect(found.notice).toBeUndefined();
  });

  it('finds the nearest of many, in their order', async () => {
    const noise = (seed: number) => {
      const hash = createHash('shake256', { outputLength: 768 }).update(`${seed}`);
      return [...hash.digest()].map((byte) => byte - 127.5);
    };
    const [asked, planted] = [noise(0), new Map([70, 1_400, 3, 900].map((part, n) => [part, n]))];
    const meaningOf = (part: number) => {
      const share = 1 / (1 + (planted.get(part) ?? 9) / 2);
      const own = noise(part);
      return asked.map((value, n) => share * value + (1 - share) * (own[n] ?? 0));
    };
    const meanings: Embed = async (texts) => ({
      model: 'test',
      vectors: texts.map((text) => meaningOf(Number(/\d+/.exec(text)?.[0] ?? 0))),
    });
    const filler = 'Some words. '.repeat(70);
    const parts = Array.from({ length: 1_500 }, (_, part) => `# Part ${part + 1}\n${filler}`);
    const id = await add('Long', parts.join('\n'));
    const reading = { itemId: id, reading: 1 };
    await embedPassages({ pool, embed: meanings }, reading, { signal, onBatch: () => {} });
    const { passages } = await retrieve(
      { pool, embed: async () => ({ model: 'test', vectors: [asked] }) },
      { workspaceId, queries: ['xylophone'], limit: 4 },
    );
    expect(passages.map(({ heading }) => heading)).toEqual(
      [...planted.keys()].map((part) => `Long › Part ${part}`),
    );
  });

  it('falls back to words and says why', async () => {
    await add('Returns', returns);
    const ask = (other: Embed) =>
      retrieve({ pool, embed: other }, { workspaceId, queries: ['refund'], limit: 1 });
    const failing = await ask(() => Promise.reject(new Error('Gemini is on holiday.')));
    expect(failing).toMatchObject({ mode: 'text', passages: [{ name: 'Returns' }] });
    expect(failing.notice).toMatch(/Gemini is on holiday/);
    expect(await ask(async () => ({ notice: 'There is no model.' }))).toMatchObject({
      mode: 'text',
    });
    expect((await ask(embed)).notice).toMatch(/no embeddings of this model/);
  });

  it('goes on where it broke off, and stops without a key', async () => {
    const id = await newItemRow(pool, { workspaceId, name: 'Long' });
    const text = Array.from({ length: 120 }, (_, index) => `# Part ${index}\nSome words.`);
    await readInto(pool, id, text.join('\n'));
    const asked: number[] = [];
    const failing: Embed = async (texts, options) => {
      if (asked.length === 1) throw new Error('enough');
      asked.push(texts.length);
      return embed(texts, options);
    };
    const reading = { itemId: id, reading: 1 };
    const told: number[] = [];
    const how = { signal, onBatch: (share: number) => void told.push(Math.round(120 * share)) };
    await expect(embedPassages({ pool, embed: failing }, reading, how)).rejects.toThrow('enough');
    expect(
      await embedPassages({ pool, embed: async () => ({ notice: 'none' }) }, reading, how),
    ).toBe(false);
    expect(await embedPassages({ pool, embed }, reading, how)).toBe(true);
    expect(asked).toEqual([50]);
    expect(told).toEqual([50, 100, 120]);
  });
});

describe('a reading', () => {
  it('keeps what was found before until the new text is there, whole', async () => {
    const id = await add('Returns', returns);
    await pool.query('UPDATE "KnowledgeItem" SET reading = 2 WHERE id = $1', [id]);
    const second = { itemId: id, reading: 2 };
    expect(await beginReading(pool, second)).toMatchObject({ workspaceId, isRead: false });
    expect(await saveProgress(pool, second, 40.4)).toBe(true);
    const blocks = [{ kind: 'text' as const, text: 'Nothing is taken back any more.' }];
    await transaction(pool, (client) =>
      storeReading(client, second, { ...splitDocument(blocks), name: 'New' }),
    );
    expect(await names('refund')).toEqual(['Returns']);
    expect(await names('nothing taken')).not.toContain('New');
    expect(await rowOf(id)).toMatchObject({ progress: 40, status: 'reading', characters: 88 });
    await transaction(pool, (client) => publishReading(client, second));
    expect(await names('refund')).toEqual([]);
    expect(await names('taken back')).toEqual(['New']);
    expect(await rowOf(id)).toMatchObject({ status: 'ready', characters: 31, chunks: 1 });
    const { rowCount } = await pool.query('SELECT FROM "KnowledgePassage" WHERE "itemId" = $1', [
      id,
    ]);
    expect(rowCount).toBe(1);
  });

  it('that fails leaves what was found before', async () => {
    const id = await add('Returns', returns);
    await pool.query('UPDATE "KnowledgeItem" SET reading = 2 WHERE id = $1', [id]);
    const second = { itemId: id, reading: 2 };
    await beginReading(pool, second);
    const blocks = [{ kind: 'text' as const, text: 'Half of it' }];
    await transaction(pool, (client) => storeReading(client, second, splitDocument(blocks)));
    const error = { code: 'pdf_broken', message: 'It broke.' };
    await failReading(pool, second, error);
    expect(await rowOf(id)).toMatchObject({ status: 'failed', error, generation: 1 });
    expect(await names('refund')).toEqual(['Returns']);
    expect(await names('half')).toEqual([]);
  });

  it('that was overtaken or whose item is gone changes nothing', async () => {
    const id = await add('Returns', returns);
    await pool.query('UPDATE "KnowledgeItem" SET reading = 3 WHERE id = $1', [id]);
    const late = { itemId: id, reading: 2 };
    expect(await beginReading(pool, late)).toBeNull();
    expect(await saveProgress(pool, late, 1)).toBe(false);
    const stored = await transaction(pool, (client) =>
      storeReading(client, late, splitDocument([])),
    );
    expect(stored).toBeNull();
    await transaction(pool, (client) => publishReading(client, late));
    await failReading(pool, late, { code: 'no_text', message: '' });
    expect(await rowOf(id)).toMatchObject({ generation: 1, reading: 3, status: 'ready' });
    expect(await names('refund')).toEqual(['Returns']);
  });

  it('may be repeated', async () => {
    const id = await add('Returns', returns);
    await readInto(pool, id, returns, { title: 'Returns' });
    expect(await names('refund')).toEqual(['Returns']);
    expect(await rowOf(id)).toMatchObject({ chunks: 1, generation: 1 });
  });

  it('can be told its language', async () => {
    const id = await add('Names', 'Müller 17, Schmidt 12, Weber 9');
    expect((await rowOf(id))?.['language']).toBe('english');
    await transaction(pool, (client) => reindexItem(client, id, 'german'));
    expect(await rowOf(id)).toMatchObject({ language: 'german', languageFixed: true });
    expect(await names('Müllers')).toEqual(['Names']);
  });
});
