import type { KnowledgeActivities } from '@crmflow/contracts';
import {
  beginReading,
  type Embed,
  embedPassages,
  failReading,
  publishReading,
  type Reading,
  storeReading,
  tellProgress,
  transaction,
} from '@crmflow/db';
import type { Pool } from 'pg';
import { readSource, type ReadSourceDeps } from './read-source.js';
import { runActivity } from './run-activity.js';

/** What reading knowledge needs; without `embed` it is found by words alone. */
export type KnowledgeDeps = ReadSourceDeps & {
  pool: Pool;
  embed?: Embed | undefined;
  now: () => number;
};

/** The share of the whole that reading takes; the rest is for meanings. */
const readPercent = 80;
const tellEveryMs = 300;

/** Tells how far it is, but not more often than somebody could look. */
function createTeller({ pool, now }: KnowledgeDeps, reading: Reading) {
  let last = 0;
  return async (percent: number) => {
    if (now() - last < tellEveryMs) return;
    last = now();
    await tellProgress(pool, reading, percent);
  };
}

/** Makes the activities that read knowledge: see `KnowledgeActivities`. */
export function createKnowledgeActivities(deps: KnowledgeDeps): KnowledgeActivities {
  const { pool, embed, now } = deps;
  return {
    readKnowledge: (reading) =>
      runActivity(async (signal) => {
        const source = await beginReading(pool, reading);
        if (!source) return 'gone';
        if (source.isRead) return 'read';
        const tell = createTeller(deps, reading);
        const document = await readSource(deps, source, {
          signal,
          onProgress: (share) => tell(readPercent * share),
        });
        const stored = await transaction(pool, (client) => storeReading(client, reading, document));
        return stored === null ? 'gone' : 'read';
      }, now),
    embedKnowledge: (reading) =>
      runActivity(async (signal) => {
        if (!embed) return;
        const tell = createTeller(deps, reading);
        await embedPassages({ pool, embed }, reading, {
          signal,
          onBatch: (share) => tell(readPercent + (100 - readPercent) * share),
        });
      }, now),
    publishKnowledge: (reading, trouble) =>
      runActivity(
        () => transaction(pool, (client) => publishReading(client, reading, trouble)),
        now,
      ),
    failKnowledge: (reading, trouble) =>
      runActivity(() => failReading(pool, reading, trouble), now),
  };
}
