import type { KnowledgeReading } from '@crmflow/contracts';
import type { Deps } from '../deps.js';
import { startExtraction } from './extraction.js';

const pauseMs = 10_000;
/** What waits that long was not begun, or its workflow was ended from outside. */
const patienceSeconds = 15;
const atOnce = 50;

/** Begins the readings that a crash or an outage kept from beginning. @returns how many */
export async function extractWaiting(
  deps: Pick<Deps, 'pool' | 'temporal' | 'config'>,
  olderThanSeconds = patienceSeconds,
): Promise<number> {
  const { rows } = await deps.pool.query<KnowledgeReading>(
    `SELECT id AS "itemId", reading FROM "KnowledgeItem"
      WHERE reading > generation AND status <> 'failed'
        AND "updatedAt" < now() - make_interval(secs => $1)
      ORDER BY "updatedAt" LIMIT $2`,
    [olderThanSeconds, atOnce],
  );
  for (const reading of rows) await startExtraction(deps, reading);
  return rows.length;
}

/** Does so now and again. @returns what ends that */
export function keepExtracting(
  deps: Pick<Deps, 'pool' | 'temporal' | 'config' | 'logger'>,
): () => void {
  const look = () =>
    extractWaiting(deps).catch((error: unknown) => {
      deps.logger.warn({ err: error }, 'Pending knowledge sources could not be read; retrying');
    });
  const timer = setInterval(() => void look(), pauseMs);
  return () => clearInterval(timer);
}
