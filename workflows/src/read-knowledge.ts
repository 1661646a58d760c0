import {
  type KnowledgeActivities,
  knowledgeQueueOf,
  type KnowledgeReading,
  type ReadingError,
  knowledgeWaitsSignal,
} from '@crmflow/contracts';
import {
  ActivityFailure,
  ApplicationFailure,
  condition,
  continueAsNew,
  defineSignal,
  proxyActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';

/** Readings of one workspace at once. */
const atOnce = 2;

const backoff = {
  initialInterval: '500ms',
  backoffCoefficient: 2,
  maximumInterval: '30s',
} as const;

const knowledgeWaits = defineSignal(knowledgeWaitsSignal);

function activities() {
  const taskQueue = knowledgeQueueOf(workflowInfo().taskQueue);
  // Over the reader's own limit on time and its turn, so that its error is the one that is shown.
  const { readKnowledge, reindexKnowledge } = proxyActivities<KnowledgeActivities>({
    ...{ taskQueue, startToCloseTimeout: '15 minutes', heartbeatTimeout: '10s' },
    retry: { ...backoff, maximumAttempts: 6 },
  });
  const { embedKnowledge } = proxyActivities<KnowledgeActivities>({
    ...{ taskQueue, startToCloseTimeout: '30 minutes', heartbeatTimeout: '10s' },
    retry: { ...backoff, maximumAttempts: 8 },
  });
  // What only the database can keep from happening happens once that is back.
  const { findWaitingKnowledge, publishKnowledge, failKnowledge } =
    proxyActivities<KnowledgeActivities>({
      ...{ taskQueue, startToCloseTimeout: '1 minute', retry: backoff },
    });
  return {
    readKnowledge,
    reindexKnowledge,
    embedKnowledge,
    findWaitingKnowledge,
    publishKnowledge,
    failKnowledge,
  };
}

function errorOf(failure: unknown): ReadingError {
  if (!(failure instanceof ActivityFailure)) throw failure;
  const { cause } = failure;
  const [detail] = cause instanceof ApplicationFailure ? (cause.details ?? []) : [];
  const known = detail as Partial<ReadingError> | undefined;
  if (known?.code && known.message) return { code: known.code, message: known.message };
  return {
    code: 'internal',
    message:
      'The source could not be read because of an unexpected error. See the worker log for the cause.',
  };
}

/**
 * Reads an item of knowledge: its text first, then its meanings, and only then are both found in
 * the place of what was read before. Meanings are a help: where they cannot be had, the item is
 * found by its words, and says why.
 *
 * It is a workflow type of its own for the readings that earlier versions have started.
 */
export async function extractKnowledge(reading: KnowledgeReading): Promise<void> {
  const { readKnowledge, embedKnowledge, publishKnowledge, failKnowledge } = activities();
  try {
    if ((await readKnowledge(reading)) === 'gone') return;
  } catch (failure) {
    await failKnowledge(reading, errorOf(failure));
    return;
  }
  try {
    await embedKnowledge(reading);
  } catch (failure) {
    await publishKnowledge(reading, errorOf(failure));
    return;
  }
  await publishKnowledge(reading);
}

/**
 * Reads what was added to a workspace, the oldest first and two items at once, until nothing waits.
 * The database knows what waits; a signal only says that there is something new.
 */
export async function readKnowledgeOf(workspaceId: string): Promise<void> {
  const { findWaitingKnowledge } = activities();
  const underWay = new Set<string>();
  let hasNews = true;
  let failure: Error | undefined;
  setHandler(knowledgeWaits, () => {
    hasNews = true;
  });
  const read = async (reading: KnowledgeReading) => {
    try {
      await extractKnowledge(reading);
    } catch (error) {
      failure = error instanceof Error ? error : new Error(String(error));
    }
    underWay.delete(reading.itemId);
    hasNews = true;
  };
  for (;;) {
    await condition(() => failure !== undefined || (hasNews && underWay.size < atOnce));
    if (failure) throw failure;
    if (workflowInfo().continueAsNewSuggested) {
      await condition(() => underWay.size === 0);
      await continueAsNew<typeof readKnowledgeOf>(workspaceId);
    }
    hasNews = false;
    const found = await findWaitingKnowledge({
      workspaceId,
      except: [...underWay],
      limit: atOnce - underWay.size,
    });
    for (const reading of found) {
      underWay.add(reading.itemId);
      void read(reading);
    }
    if (underWay.size === 0 && !hasNews) return;
  }
}

/** Changes the language by which an item's words are found. */
export async function reindexItem(
  change: Parameters<KnowledgeActivities['reindexKnowledge']>[0],
): Promise<void> {
  await activities().reindexKnowledge(change);
}
