import { extractionId, extractKnowledgeType, type KnowledgeReading } from '@crmflow/contracts';
import type { Deps } from '../deps.js';

/** Begins readings of items. */
export type Extraction = {
  /**
   * Has an item read. While Temporal is away the item waits, and the reconciler starts it later:
   * nothing that was accepted is lost.
   */
  begin(reading: KnowledgeReading): Promise<void>;
};

const startMs = 5_000;
/** What waits that long was not begun, or its workflow was ended from outside. */
const overdueSeconds = 15;
const atOnce = 50;
/** Short: with the default a killed worker holds it up for ten seconds. */
const workflowTaskTimeout = '5s';

/** Starts the workflow of a reading, or finds it started. */
async function startExtraction(
  { temporal, config }: Pick<Deps, 'temporal' | 'config'>,
  reading: KnowledgeReading,
): Promise<void> {
  await temporal.withDeadline(Date.now() + startMs, () =>
    temporal.workflow.start(extractKnowledgeType, {
      workflowId: extractionId(reading),
      taskQueue: config.temporal.taskQueue,
      args: [reading],
      workflowTaskTimeout,
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      workflowIdConflictPolicy: 'USE_EXISTING',
    }),
  );
}

/** Readings over Temporal. */
export function createExtraction(deps: Pick<Deps, 'temporal' | 'config' | 'logger'>): Extraction {
  return {
    async begin(reading) {
      try {
        await startExtraction(deps, reading);
      } catch (error) {
        deps.logger.warn(
          { err: error, ...reading },
          'Reading knowledge sources is delayed: Temporal is not responding',
        );
      }
    },
  };
}

/** Starts the readings that a crash or an outage kept from starting. @returns how many */
export async function startOverdueReadings(
  deps: Pick<Deps, 'pool' | 'temporal' | 'config'>,
): Promise<number> {
  const { rows } = await deps.pool.query<KnowledgeReading>(
    `SELECT id AS "itemId", reading FROM "KnowledgeItem"
      WHERE reading > generation AND status <> 'failed'
        AND "updatedAt" < now() - make_interval(secs => $1)
      ORDER BY "updatedAt" LIMIT $2`,
    [overdueSeconds, atOnce],
  );
  for (const reading of rows) await startExtraction(deps, reading);
  return rows.length;
}
