import type pg from 'pg';
import { beforeAll, expect, it } from 'vitest';
import { newItemRow, newUserRow, readInto } from '../testing/new-item.js';
import { useDatabase } from '../testing/scratch-database.js';
import type { Embed } from './embed.js';
import { embedAgain, hasKnowledge } from './embed-again.js';

const database = useDatabase();
let pool: pg.Pool;
const { signal } = new AbortController();

beforeAll(() => {
  ({ pool } = database);
});

const by =
  (model: string): Embed =>
  (texts) =>
    Promise.resolve({ model, vectors: texts.map(() => [1, 2]) });

const modelsOf = async (itemId: string) =>
  (
    await pool.query<{ model: string | null; embedded: boolean }>(
      `SELECT DISTINCT "embeddedBy" AS model, embedded FROM "KnowledgePassage"
         JOIN "KnowledgeItem" AS item ON item.id = "itemId" WHERE "itemId" = $1`,
      [itemId],
    )
  ).rows;

it('embeds what has no meaning yet, and what another model has read, an item at a time', async () => {
  expect(await hasKnowledge(pool)).toBe(false);
  const workspaceId = await newUserRow(pool);
  const ids = [];
  for (const name of ['One', 'Two']) {
    const id = await newItemRow(pool, { workspaceId, name });
    await readInto(pool, id, `The text of ${name} says something.`, { title: name });
    ids.push(id);
  }
  expect(await hasKnowledge(pool)).toBe(true);
  for (const model of ['first', 'second']) {
    const again = () => embedAgain({ pool, embed: by(model) }, model, signal);
    expect([await again(), await again(), await again()]).toEqual([true, true, false]);
    for (const id of ids) expect(await modelsOf(id)).toEqual([{ model, embedded: true }]);
  }
});

it('stops where the model is not there', async () => {
  const embed: Embed = () => Promise.resolve({ notice: 'There is none.' });
  expect(await embedAgain({ pool, embed }, 'third', signal)).toBe(false);
});
