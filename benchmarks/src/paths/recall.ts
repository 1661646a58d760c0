import { readdirSync, readFileSync } from 'node:fs';
import { createPool, type Embed, embedAgain, retrieve } from '@crmflow/db';
import { readEnvironment } from '@crmflow/contracts/env';
import { blocksOfEntry } from '@crmflow/db/passages';
import type { Pool } from 'pg';
import { type LocalModel, localModelOf } from '../../../activities/src/embedder/index.js';
import { newUserRow } from '../../../db/src/testing/new-item.js';
import { log } from '../../../scripts/boot/log.mjs';
import { storeDocument } from '../knowledge/store-document.js';
import type { Harness } from '../harness.js';
import type { Line } from '../table.js';

type Question = { question: string; document: string; answer: string };

const folder = new URL('../../knowledge/', import.meta.url);
/** Written after the thesaurus and never tuned for: what others may expect. */
const heldOutFolder = new URL('held-out/', folder);

const questionsOf = (from: URL) =>
  JSON.parse(readFileSync(new URL('questions.json', from), 'utf8')) as Question[];
const documentsOf = (from: URL) =>
  readdirSync(new URL('documents/', from)).map((file) => ({
    name: file.replace(/\.md$/, ''),
    text: readFileSync(new URL(`documents/${file}`, from), 'utf8'),
  }));

/** What the thesaurus was written for. */
export const questions = questionsOf(folder);
/** What they ask about. */
export const documents = documentsOf(folder);
const heldOut = questionsOf(heldOutFolder);

const limit = 5;
/** What was given to models before there were passages: the beginning of each item. */
const naiveLength = 500;

const beginningOf = ({ name, text }: (typeof documents)[number]) => ({
  name,
  text: text.slice(0, naiveLength),
});

/** Puts texts into a workspace's knowledge. */
export async function storeDocuments(
  pool: Pool,
  workspaceId: string,
  texts: readonly { name: string; text: string }[],
): Promise<void> {
  for (const { name, text } of texts) {
    await storeDocument(pool, workspaceId, name, blocksOfEntry(name, text));
  }
}

/** An account that knows these texts. */
async function accountWith(pool: Pool, texts: readonly { name: string; text: string }[]) {
  const workspaceId = await newUserRow(pool);
  await storeDocuments(pool, workspaceId, texts);
  return workspaceId;
}

const flat = (text: string) => text.replace(/\s+/g, ' ');

/** By what is searched: without a model by words alone. */
type Search = { pool: Pool; embed?: Embed };

/** The place of the first passage that has the answer, from 1; 0 where none of the five has it. */
async function rankOf(
  { pool, embed }: Search,
  workspaceId: string,
  { question, document, answer }: Question,
) {
  const { passages } = await retrieve({ pool, embed }, { workspaceId, queries: [question], limit });
  return 1 + passages.findIndex((one) => one.name === document && flat(one.text).includes(answer));
}

async function evaluate(
  search: Search,
  workspaceId: string,
  asked: readonly Question[] = questions,
) {
  const ranks: number[] = [];
  for (const question of asked) {
    const rank = await rankOf(search, workspaceId, question);
    ranks.push(rank);
  }
  const mean = (values: number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
  return {
    recall: mean(ranks.map((rank) => (rank > 0 ? 1 : 0))),
    reciprocal: mean(ranks.map((rank) => (rank > 0 ? 1 / rank : 0))),
    missed: asked.filter((_, index) => ranks[index] === 0),
  };
}

/** Asks what nobody tuned for, of its own documents alone and of all documents together. */
async function evaluateHeldOut(pool: Pool) {
  const own = documentsOf(heldOutFolder);
  const all = [...documents, ...own];
  const of = async (texts: typeof own) =>
    evaluate({ pool }, await accountWith(pool, texts), heldOut);
  return {
    questions: heldOut.length,
    alone: { retrieval: await of(own), naive: await of(own.map(beginningOf)) },
    amongAll: { retrieval: await of(all), naive: await of(all.map(beginningOf)) },
  };
}

/** Asks all questions, of passages and of the beginnings of items. */
export async function evaluateRecall(pool: Pool) {
  return {
    questions: questions.length,
    documents: documents.length,
    retrieval: await evaluate({ pool }, await accountWith(pool, documents)),
    naive: await evaluate({ pool }, await accountWith(pool, documents.map(beginningOf))),
  };
}

/** The model of this machine, once it is there; undefined where it cannot be had, which is told. */
async function modelOf(): Promise<{ model: LocalModel; name: string } | undefined> {
  const read = readEnvironment(process.env);
  if (!read.ok) throw new Error(read.fault);
  const model = localModelOf(read.environment, (why) => log(`By words alone: ${why}`));
  if (!model) return undefined;
  const name = await model.name().catch(() => undefined);
  return name === undefined ? undefined : { model, name };
}

/** The same questions by words and meaning, among all documents. */
async function byMeaning(pool: Pool): Promise<Line[]> {
  const found = await modelOf();
  if (!found) return [];
  const { model, name } = found;
  const embed = model.embed.bind(model);
  try {
    const all = [...documents, ...documentsOf(heldOutFolder)];
    const workspaceId = await accountWith(pool, all);
    const { signal } = new AbortController();
    while (await embedAgain({ pool, embed }, name, signal));
    const of = async (what: string, asked: readonly Question[]): Promise<Line> => {
      const [both, words] = [
        await evaluate({ pool, embed }, workspaceId, asked),
        await evaluate({ pool }, workspaceId, asked),
      ];
      return {
        what: `knowledge: recall@5 by words and ${name}, against words alone, ${what}`,
        ...{ path: both.recall, floor: words.recall, unit: '' },
      };
    };
    return [
      await of(`${questions.length} questions`, questions),
      await of(`${heldOut.length} that nobody tuned for`, heldOut),
    ];
  } finally {
    model.close();
  }
}

/**
 * How often the passage that answers a question is among the five that are found, and how high it
 * stands: by words alone against the first 500 characters of each item, found in the same way, and with
 * the model of this machine against words alone.
 */
export async function recall({ databaseUrl }: Harness): Promise<Line[]> {
  const pool = createPool(databaseUrl);
  try {
    const { retrieval, naive, ...counts } = await evaluateRecall(pool);
    const { alone, amongAll, questions: others } = await evaluateHeldOut(pool);
    const heldOutLine = (of: string, { retrieval, naive }: typeof alone): Line => ({
      what: `knowledge: recall@5 of ${others} questions that nobody tuned for, ${of}`,
      ...{ path: retrieval.recall, floor: naive.recall, unit: '' },
    });
    log(`${counts.questions} questions to ${counts.documents} documents; not found:`);
    for (const { question, document } of retrieval.missed) log(`  ${document}: ${question}`);
    return [
      {
        what: 'knowledge: recall@5, against the first 500 characters of each item',
        ...{ path: retrieval.recall, floor: naive.recall, unit: '', aim: 'recall ≥ 0.9' },
      },
      {
        what: 'knowledge: MRR, against the same',
        ...{ path: retrieval.reciprocal, floor: naive.reciprocal, unit: '' },
      },
      heldOutLine('of their own documents', alone),
      heldOutLine('among all documents', amongAll),
      ...(await byMeaning(pool)),
    ];
  } finally {
    await pool.end();
  }
}
