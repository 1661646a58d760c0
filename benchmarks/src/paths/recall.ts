import { readdirSync, readFileSync } from 'node:fs';
import { blocksOfEntry, createPool, retrieve } from '@crmflow/db';
import type { Pool } from 'pg';
import { say } from '../../../scripts/boot/say.mjs';
import { newAccount, storeDocument } from '../knowledge/store-document.js';
import type { Stand } from '../stand.js';
import type { Line } from '../table.js';

type Question = { question: string; document: string; answer: string };

const folder = new URL('../../knowledge/', import.meta.url);
const questions = JSON.parse(readFileSync(new URL('questions.json', folder), 'utf8')) as Question[];
const documents = readdirSync(new URL('documents/', folder)).map((file) => ({
  name: file.replace(/\.md$/, ''),
  text: readFileSync(new URL(`documents/${file}`, folder), 'utf8'),
}));

const limit = 5;
/** What was given to models before there were passages: the beginning of each item. */
const naiveLength = 500;

/** An account that knows these texts. */
async function accountWith(pool: Pool, texts: readonly { name: string; text: string }[]) {
  const userId = await newAccount(pool);
  for (const { name, text } of texts) {
    await storeDocument(pool, userId, name, blocksOfEntry(name, text));
  }
  return userId;
}

const flat = (text: string) => text.replace(/\s+/g, ' ');

/** The place of the first passage that has the answer, from 1; 0 where none of the five has it. */
async function rankOf(pool: Pool, userId: string, { question, document, answer }: Question) {
  const { passages } = await retrieve({ pool }, { userId, queries: [question], limit });
  return 1 + passages.findIndex((one) => one.name === document && flat(one.text).includes(answer));
}

async function evaluate(pool: Pool, userId: string) {
  const ranks: number[] = [];
  for (const question of questions) {
    const rank = await rankOf(pool, userId, question);
    ranks.push(rank);
  }
  const mean = (values: number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
  return {
    recall: mean(ranks.map((rank) => (rank > 0 ? 1 : 0))),
    reciprocal: mean(ranks.map((rank) => (rank > 0 ? 1 / rank : 0))),
    missed: questions.filter((_, index) => ranks[index] === 0),
  };
}

/** Asks all questions, of passages and of the beginnings of items. */
export async function evaluateRecall(pool: Pool) {
  const beginnings = documents.map(({ name, text }) => ({
    name,
    text: text.slice(0, naiveLength),
  }));
  return {
    questions: questions.length,
    documents: documents.length,
    ours: await evaluate(pool, await accountWith(pool, documents)),
    naive: await evaluate(pool, await accountWith(pool, beginnings)),
  };
}

/**
 * How often the passage that answers a question is among the five that are found, and how high it
 * stands, by words alone; against the first 500 characters of each item, found in the same way.
 */
export async function recall({ databaseUrl }: Stand): Promise<Line[]> {
  const pool = createPool(databaseUrl);
  try {
    const { ours, naive, ...counts } = await evaluateRecall(pool);
    say(`${counts.questions} questions to ${counts.documents} documents; not found:`);
    for (const { question, document } of ours.missed) say(`  ${document}: ${question}`);
    return [
      {
        what: 'knowledge: recall@5, against the first 500 characters of each item',
        ...{ path: ours.recall, floor: naive.recall, unit: '', aim: 'ours ≥ 0.9' },
      },
      {
        what: 'knowledge: MRR, against the same',
        ...{ path: ours.reciprocal, floor: naive.reciprocal, unit: '' },
      },
    ];
  } finally {
    await pool.end();
  }
}
