import type pg from 'pg';
import type { Embed } from './embed.js';
import type { Reading } from './reading.js';
import { encodeVector, signsOf } from './vector.js';

const batch = 50;

type Row = { workspaceId: string; index: number; text: string; heading: string | null };

async function nextBatch(
  pool: pg.Pool,
  { itemId, reading }: Reading,
  model: string | undefined,
): Promise<Row[]> {
  const { rows } = await pool.query<Row>(
    `SELECT passage."workspaceId", index, text, heading FROM "KnowledgePassage" AS passage
       JOIN "KnowledgeItem" AS item ON item.id = "itemId" AND item.reading = passage.generation
      WHERE "itemId" = $1 AND passage.generation = $2 AND (embedding IS NULL OR "embeddedBy" <> $4)
      ORDER BY index LIMIT $3`,
    [itemId, reading, batch, model ?? null],
  );
  return rows;
}

/** How many passages a reading has, and how many of them wait for their meaning. */
async function countPassages(
  pool: pg.Pool,
  { itemId, reading }: Reading,
  model: string | undefined,
) {
  const { rows } = await pool.query<{ all: number; left: number }>(
    `SELECT count(*)::int AS all, (count(*) FILTER (WHERE embedding IS NULL OR "embeddedBy" <> $3))::int AS left
       FROM "KnowledgePassage" WHERE "itemId" = $1 AND generation = $2`,
    [itemId, reading, model ?? null],
  );
  return rows[0] ?? { all: 0, left: 0 };
}

/**
 * Asks for the meanings of a reading's passages and stores them, so many at a time: where it breaks
 * off, it goes on from there.
 * @param model where it is given, meanings of other models are stored anew
 * @param onBatch told which share of the passages is done, from 0 to 1
 * @returns false where there is no model
 */
export async function embedPassages(
  { pool, embed }: { pool: pg.Pool; embed: Embed },
  reading: Reading,
  {
    signal,
    onBatch = () => undefined,
    model,
  }: {
    signal: AbortSignal;
    onBatch?: (share: number) => Promise<void> | void;
    model?: string;
  },
): Promise<boolean> {
  const { all, left } = await countPassages(pool, reading, model);
  let done = all - left;
  for (;;) {
    signal.throwIfAborted();
    const rows = await nextBatch(pool, reading, model);
    const [first] = rows;
    if (!first) return true;
    const texts = rows.map(({ text, heading }) => (heading ? `${heading}\n${text}` : text));
    const answer = await embed(texts, { workspaceId: first.workspaceId, task: 'document', signal });
    if ('notice' in answer) return false;
    if (answer.vectors.length !== rows.length) {
      throw new Error(`${rows.length} texts have ${answer.vectors.length} meanings`);
    }
    await pool.query(
      `UPDATE "KnowledgePassage" AS passage SET embedding = given.bytes, signs = given.signs::varbit, "embeddedBy" = $3
         FROM unnest($4::int[], $5::bytea[], $6::text[]) AS given (index, bytes, signs)
        WHERE "itemId" = $1 AND generation = $2 AND passage.index = given.index`,
      [
        reading.itemId,
        reading.reading,
        answer.model,
        rows.map(({ index }) => index),
        answer.vectors.map(encodeVector),
        answer.vectors.map(signsOf),
      ],
    );
    done += rows.length;
    await onBatch(Math.min(1, done / all));
  }
}
