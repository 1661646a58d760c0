import { randomUUID } from 'node:crypto';
import {
  type KnowledgeLanguage,
  knowledgeWaitsSignal,
  knowledgeWorkflowId,
  readKnowledgeOfType,
  reindexKnowledgeType,
} from '@crmflow/contracts';
import type { Deps } from '../deps.js';

/** Has knowledge read by the worker. */
export type Extraction = {
  /**
   * Has a workspace's items read that wait. While Temporal is away they wait on, and the reconciler
   * starts them later: nothing that was accepted is lost.
   */
  begin(workspaceId: string): Promise<void>;
  /**
   * Has an item's words found by another language's rules, and waits for that.
   * @throws where Temporal or a worker does not answer in time
   */
  reindex(itemId: string, language: KnowledgeLanguage): Promise<void>;
};

const startMs = 5_000;
const reindexMs = 15_000;
/** What waits that long was not begun, or its workflow was ended from outside. */
const overdueSeconds = 15;
const atOnce = 50;
/** Short: with the default a killed worker holds it up for ten seconds. */
const workflowTaskTimeout = '5s';

/** Starts the workflow that reads a workspace's knowledge, or wakes it. */
async function startExtraction(
  { temporal, config }: Pick<Deps, 'temporal' | 'config'>,
  workspaceId: string,
): Promise<void> {
  await temporal.withDeadline(Date.now() + startMs, () =>
    temporal.workflow.signalWithStart(readKnowledgeOfType, {
      workflowId: knowledgeWorkflowId(workspaceId),
      taskQueue: config.temporal.taskQueue,
      args: [workspaceId],
      signal: knowledgeWaitsSignal,
      workflowTaskTimeout,
    }),
  );
}

/** Readings over Temporal. */
export function createExtraction(deps: Pick<Deps, 'temporal' | 'config' | 'logger'>): Extraction {
  const { temporal, config } = deps;
  return {
    async begin(workspaceId) {
      try {
        await startExtraction(deps, workspaceId);
      } catch (error) {
        deps.logger.warn(
          { err: error, workspaceId },
          'Reading knowledge sources is delayed: Temporal is not responding',
        );
      }
    },
    async reindex(itemId, language) {
      await temporal.withDeadline(Date.now() + reindexMs, () =>
        temporal.workflow.execute(reindexKnowledgeType, {
          workflowId: `knowledge-language-${itemId}-${randomUUID()}`,
          taskQueue: config.temporal.taskQueue,
          args: [{ itemId, language }],
          workflowTaskTimeout,
        }),
      );
    },
  };
}

/** Starts the readings that a crash or an outage kept from starting. @returns of how many workspaces */
export async function startOverdueReadings(
  deps: Pick<Deps, 'pool' | 'temporal' | 'config'>,
): Promise<number> {
  const { rows } = await deps.pool.query<{ workspaceId: string }>(
    `SELECT "workspaceId" FROM "KnowledgeItem"
      WHERE reading > generation AND status <> 'failed'
        AND "updatedAt" < now() - make_interval(secs => $1)
      GROUP BY "workspaceId" ORDER BY min("updatedAt") LIMIT $2`,
    [overdueSeconds, atOnce],
  );
  for (const { workspaceId } of rows) await startExtraction(deps, workspaceId);
  return rows.length;
}
