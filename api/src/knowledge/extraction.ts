import { extractionId, extractKnowledgeType, type KnowledgeReading } from '@crmflow/contracts';
import type { Deps } from '../deps.js';

/** Begins readings of items. */
export type Extraction = {
  /**
   * Has an item read. Where Temporal is away the item waits, and is taken up by
   * `keepExtracting`: nothing that was accepted is lost.
   */
  begin(reading: KnowledgeReading): Promise<void>;
};

const startMs = 5_000;
/** Short: with the default a killed worker holds it up for ten seconds. */
const workflowTaskTimeout = '5s';

/** Starts the workflow of a reading, or finds it started. */
export async function startExtraction(
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
