import { Worker } from 'node:worker_threads';
import { retrieve } from '@crmflow/db';
import { PDFParse } from 'pdf-parse';
import { createDocumentReader } from '../../../activities/src/knowledge/reader/read-document.js';
import { userOf } from '../../../tests/support/client.js';
import { makePdf } from '../../../tests/support/make-pdf.js';
import { quantile } from '../../../tests/support/quantile.js';
import { until } from '../../../tests/support/until.js';
import { fillPassages } from '../knowledge/many-passages.js';
import { inTurns, median, took } from '../measure.js';
import type { Harness } from '../harness.js';
import type { Line } from '../table.js';

const passages = 20_000;
const queries = [
  'When do I see my refund for the bike?',
  'How much does a root canal cost?',
  'Can I bring my dog to the hotel?',
  'Wie melde ich mich zum Schwimmkurs an?',
];

const bare = `
  SELECT passage.text FROM "KnowledgePassage" AS passage
    JOIN "KnowledgeItem" AS item
      ON item.id = "itemId" AND item.generation = passage.generation AND item.enabled,
         to_tsquery('english', replace(plainto_tsquery('english', $2)::text, '&', '|')) AS query
   WHERE item."workspaceId" = $1 AND search @@ query
   ORDER BY ts_rank(search, query) DESC LIMIT 8`;

async function searching({ pool, user }: Harness, workspaceId: string): Promise<Line[]> {
  let turn = 0;
  const query = () => queries[(turn += 1) % queries.length] ?? '';
  const floor = () => took(() => pool.query(bare, [workspaceId, query()]));
  const byCode = () =>
    took(() => retrieve({ pool }, { workspaceId, queries: [query()], limit: 8, maxTokens: 4_000 }));
  const overHttp = () =>
    took(async () => {
      const { status } = await user.call('POST', '/api/knowledge/search', { query: query() });
      if (status !== 200) throw new Error(`the search answered ${status}`);
    });
  const code = await inTurns(24, { path: byCode, floor }, 4);
  const http = await inTurns(24, { path: overHttp, floor }, 4);
  const line = (how: string, pair: typeof code): Line => ({
    what: `a search over ${passages} passages, ${how}`,
    ...{ path: median(pair.path), floor: median(pair.floor), unit: 'ms' },
  });
  return [line('by code', code), line('over HTTP, with meanings', http)];
}

const pageOf = (number: number) => ({
  heading: `Rules for case ${number}`,
  text: `In case ${number} the keeper writes down what was seen and tells the office. `.repeat(20),
});

async function reading(): Promise<Line> {
  const pdf = await makePdf(Array.from({ length: 100 }, (_, index) => pageOf(index)));
  const { signal } = new AbortController();
  const reader = createDocumentReader();
  const job = { kind: 'pdf', maxPages: 100 } as const;
  const pair = await inTurns(5, {
    path: () => took(() => reader.readDocument(job, pdf, { signal })),
    floor: () => took(() => new PDFParse({ data: new Uint8Array(pdf), verbosity: 0 }).getText()),
  });
  return {
    what: 'a PDF of 100 pages, in a process of its own; plain pdf-parse',
    ...{ path: median(pair.path), floor: median(pair.floor), unit: 'ms' },
  };
}

const p99 = (samples: readonly number[]) => quantile(samples, 0.99);

function listingTimes({ user }: Harness, count: number): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const program = new URL('../knowledge/time-lists.mjs', import.meta.url);
    const workerData = { url: user.url, token: user.token, count };
    const thread = new Worker(program, { workerData });
    thread.once('message', resolve);
    thread.once('error', reject);
  });
}

async function upload({ user }: Harness, pdf: Uint8Array, name: string): Promise<void> {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(pdf)]), name);
  const { status } = await fetch(`${user.url}/api/knowledge/pdf`, {
    method: 'POST',
    headers: { authorization: `Bearer ${user.token}` },
    body: form,
  });
  if (status !== 201) throw new Error(`the upload answered ${status}`);
}

/** Uploads PDFs and searches without a pause while something lasts, and waits until all are read. */
async function whileBusy<T>(harness: Harness, pdf: Uint8Array, work: () => Promise<T>): Promise<T> {
  let isOver = false;
  const busy = (async () => {
    for (let round = 0; !isOver; round += 1) {
      if (round % 10 === 0) await upload(harness, pdf, `handbook-${round}.pdf`);
      await harness.user.call('POST', '/api/knowledge/search', { query: queries[round % 4] });
    }
  })();
  const result = await work();
  isOver = true;
  await busy;
  await until('all PDFs to be read', async () => {
    const { rows } = await harness.pool.query(
      'SELECT 1 FROM "KnowledgeItem" WHERE reading > generation LIMIT 1',
    );
    return rows.length === 0;
  });
  return result;
}

/** How long lists take while PDFs are read and somebody searches without a pause. */
async function responsiveness(harness: Harness): Promise<Line> {
  const pdf = await makePdf(Array.from({ length: 100 }, (_, index) => pageOf(index)));
  const [idle, times]: [number[], number[]] = [[], []];
  await listingTimes(harness, 1_000);
  // Idle before and after each busy while: a p99 follows the machine's moods.
  for (let round = 0; round < 4; round += 1) {
    idle.push(...(await listingTimes(harness, 250)));
    times.push(...(await whileBusy(harness, pdf, () => listingTimes(harness, 500))));
    idle.push(...(await listingTimes(harness, 250)));
  }
  return {
    what: 'p99 of a list of flows while PDFs are read and passages searched; idle',
    ...{ path: p99(times), floor: p99(idle), unit: 'ms', aim: '≤ 2' },
  };
}

/** Searches, readings and what they leave to others, against the bare statement and library. */
export async function knowledge(harness: Harness): Promise<Line[]> {
  const { id } = await userOf(harness.user);
  await fillPassages(harness.pool, id, passages);
  await harness.pool.query('ANALYZE "KnowledgePassage"');
  return [...(await searching(harness, id)), await reading(), await responsiveness(harness)];
}
