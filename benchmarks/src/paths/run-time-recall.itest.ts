import { readFileSync } from 'node:fs';
import type { GenerateInput } from '@crmflow/contracts';
import { createPool } from '@crmflow/db';
import { migratedDatabase } from '@crmflow/db/testing';
import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Line } from '../../../activities/src/ai/provider.js';
import { createLookUp } from '../../../activities/src/knowledge/look-up.js';
import { prepareRequest } from '../../../activities/src/prepare-request.js';
import { newRun } from '../../../db/src/testing/new-run.js';
import { documents, questions, storeDocuments } from './recall.js';

type Asked = { lines: Line[]; answer: string };
type Conversation = { kind: string; said: string[]; answer: string };

const lineOf = (line: string): Line => {
  const [, side, text = ''] = /^(visitor|flow): (.*)$/.exec(line) ?? [];
  return { role: side === 'visitor' ? 'user' : 'ai', text };
};
const conversations = JSON.parse(
  readFileSync(new URL('../../knowledge/conversations.json', import.meta.url), 'utf8'),
) as Conversation[];
const ofKind = (kind: string): Asked[] =>
  conversations
    .filter((one) => one.kind === kind)
    .map(({ said, answer }) => ({ lines: said.map(lineOf), answer }));

const prompts = {
  none: '',
  short: 'Answer the visitor.',
  long:
    'You work at the reception. Answer the question of the visitor about our prices, appointments, ' +
    'returns, delivery, insurance and opening hours from the documents. Ask them to call our team or to ' +
    'write an email where you are not sure. Be brief and friendly, and offer a booking at the end.',
};

let database: Awaited<ReturnType<typeof migratedDatabase>>;
let pool: Pool;
let runId: string;

beforeAll(async () => {
  database = await migratedDatabase();
  pool = createPool(database.url);
  runId = await newRun(pool);
  const { rows } = await pool.query<{ workspaceId: string }>(
    'SELECT "workspaceId" FROM "Run" WHERE id = $1',
    [runId],
  );
  await storeDocuments(pool, rows[0]?.workspaceId ?? '', documents);
});
afterAll(async () => {
  await pool?.end();
  await database?.drop();
});

/** The passages in what the model is asked. */
async function givenFor(lines: Line[], prompt: string): Promise<string> {
  const deps = {
    readMessages: () => Promise.resolve(lines),
    readPersonality: () => Promise.resolve(''),
    lookUp: createLookUp({ pool }),
    now: () => 0,
  };
  const input: GenerateInput = {
    ...{ runId, nodeId: 'answer', visit: 1, label: 'Answer', purpose: 'ai', prompt },
    ...{ usePersonality: false, upToSeq: 1, stream: false, knowledge: {} },
  };
  const { request } = await prepareRequest(deps, input, new AbortController().signal);
  return (request.knowledge ?? '').replaceAll(/\\n|\s+/g, ' ');
}

/** The share of questions of which the model is given the answer, and those that it is not. */
async function recallOf(asked: readonly Asked[], prompt: string) {
  const missed: string[] = [];
  for (const { lines, answer } of asked) {
    if (!(await givenFor(lines, prompt)).includes(answer)) missed.push(lines.at(-1)?.text ?? '');
  }
  return { recall: 1 - missed.length / asked.length, missed };
}

describe('what reaches the model', () => {
  const greeting: Line = { role: 'system', text: 'Hello and welcome! How can we help you today?' };
  const single = (lines: Line[]) =>
    questions.map(({ question, answer }): Asked => ({
      lines: [...lines, { role: 'user', text: question }],
      answer,
    }));

  it('is the same whatever the author wrote, and no worse than a search by the question', async () => {
    const alone = await recallOf(single([]), '');
    const greeted = await Promise.all(
      Object.values(prompts).map((prompt) => recallOf(single([greeting]), prompt)),
    );
    expect(new Set(greeted.map(({ recall }) => recall)).size).toBe(1);
    for (const { recall, missed } of greeted) {
      expect(recall, missed.join('\n')).toBeGreaterThanOrEqual(alone.recall - 0.02);
    }
  });

  it.each([
    ['follow-up', 0.9],
    ['asked before', 1],
    ['another matter', 1],
  ])('answers what is asked as %s', async (kind, least) => {
    const { recall, missed } = await recallOf(ofKind(kind), prompts.long);
    expect(recall, missed.join('\n')).toBeGreaterThanOrEqual(least);
  });
});
