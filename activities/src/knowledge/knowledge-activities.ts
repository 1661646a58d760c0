import type { KnowledgeActivities } from '@crmflow/contracts';
import {
  beginReading,
  type Embed,
  embedPassages,
  failReading,
  findWaitingReadings,
  isReadingWanted,
  publishReading,
  type Reading,
  reindexItem,
  storeReading,
  saveProgress,
  transaction,
} from '@crmflow/db';
import type { Pool } from 'pg';
import { createDocumentReader } from './reader/read-document.js';
import type { Egress } from '../egress/egress.js';
import { readSource } from './read-source.js';
import { runActivity } from './run-activity.js';

/** What reading knowledge needs; without `embed` it is found by words alone. */
export type KnowledgeDeps = {
  egress: Egress;
  pool: Pool;
  embed?: Embed | undefined;
  now: () => number;
};

/** The share of the whole that reading takes; the rest is for meanings. */
const readPercent = 80;
const tellEveryMs = 300;

/** Tells how far it is, but not more often than somebody could look. */
function createProgress({ pool, now }: KnowledgeDeps, reading: Reading) {
  let last = 0;
  return async (percent: number) => {
    if (now() - last < tellEveryMs) return;
    last = now();
    await saveProgress(pool, reading, percent);
  };
}

const lookEveryMs = 2_000;

/**
 * Does something for a reading while that is wanted.
 * @returns undefined where its item was deleted, or is to be read again, in the meantime
 */
async function whileWanted<T>(
  { pool }: KnowledgeDeps,
  reading: Reading,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  const unwanted = new AbortController();
  const look = async () => {
    if (!(await isReadingWanted(pool, reading))) unwanted.abort();
  };
  // While the database is away the work goes on: the next look decides.
  const timer = setInterval(() => void look().catch(() => {}), lookEveryMs);
  try {
    return await work(AbortSignal.any([signal, unwanted.signal]));
  } catch (error) {
    if (unwanted.signal.aborted && !signal.aborted) return undefined;
    throw error;
  } finally {
    clearInterval(timer);
  }
}

/** Makes the activities that read knowledge: see `KnowledgeActivities`. */
export function createKnowledgeActivities(deps: KnowledgeDeps): KnowledgeActivities {
  const { pool, embed, now } = deps;
  const reader = createDocumentReader();
  return {
    findWaitingKnowledge: (request) => runActivity(() => findWaitingReadings(pool, request), now),
    readKnowledge: (reading) =>
      runActivity(async (signal) => {
        const source = await beginReading(pool, reading);
        if (!source) return 'gone';
        if (source.isRead) return 'read';
        const report = createProgress(deps, reading);
        const document = await whileWanted(deps, reading, signal, (wanted) =>
          readSource({ ...deps, reader }, source, {
            signal: wanted,
            onProgress: (share) => report(readPercent * share),
          }),
        );
        if (!document) return 'gone';
        const stored = await transaction(pool, async (client) => {
          const count = await storeReading(client, reading, document);
          // What somebody has typed in is found by its words while its meaning is stored.
          if (count !== null && source.type === 'manual') await publishReading(client, reading);
          return count;
        });
        return stored === null ? 'gone' : 'read';
      }, now),
    embedKnowledge: (reading) =>
      runActivity(async (signal) => {
        if (!embed) return;
        const report = createProgress(deps, reading);
        await embedPassages({ pool, embed }, reading, {
          signal,
          onBatch: (share) => report(readPercent + (100 - readPercent) * share),
        });
      }, now),
    publishKnowledge: (reading, error) =>
      runActivity(() => transaction(pool, (client) => publishReading(client, reading, error)), now),
    failKnowledge: (reading, error) => runActivity(() => failReading(pool, reading, error), now),
    reindexKnowledge: ({ itemId, language }) =>
      runActivity(() => transaction(pool, (client) => reindexItem(client, itemId, language)), now),
  };
}
