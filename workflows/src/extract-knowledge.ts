import type { KnowledgeActivities, KnowledgeReading, KnowledgeTrouble } from '@crmflow/contracts';
import { ActivityFailure, ApplicationFailure, proxyActivities } from '@temporalio/workflow';

const backoff = {
  initialInterval: '500ms',
  backoffCoefficient: 2,
  maximumInterval: '30s',
} as const;

/** Over the reader's own limit on time, so that its error is the one that is told. */
const { readKnowledge } = proxyActivities<KnowledgeActivities>({
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: '10s',
  retry: { ...backoff, maximumAttempts: 6 },
});

const { embedKnowledge } = proxyActivities<KnowledgeActivities>({
  startToCloseTimeout: '30 minutes',
  heartbeatTimeout: '10s',
  retry: { ...backoff, maximumAttempts: 8 },
});

/** What only the database can keep from happening happens once that is back. */
const { publishKnowledge, failKnowledge } = proxyActivities<KnowledgeActivities>({
  startToCloseTimeout: '1 minute',
  retry: backoff,
});

function troubleOf(failure: unknown): KnowledgeTrouble {
  if (!(failure instanceof ActivityFailure)) throw failure;
  const { cause } = failure;
  const [detail] = cause instanceof ApplicationFailure ? (cause.details ?? []) : [];
  const known = detail as Partial<KnowledgeTrouble> | undefined;
  if (known?.code && known.message) return { code: known.code, message: known.message };
  return { code: 'internal', message: 'This is a fault of ours. The log of the worker says more.' };
}

/**
 * Reads an item of knowledge: its text first, then its meanings, and only then are both found in
 * the place of what was read before. Meanings are a help: where they cannot be had, the item is
 * found by its words, and says why.
 */
export async function extractKnowledge(reading: KnowledgeReading): Promise<void> {
  try {
    if ((await readKnowledge(reading)) === 'gone') return;
  } catch (failure) {
    await failKnowledge(reading, troubleOf(failure));
    return;
  }
  try {
    await embedKnowledge(reading);
  } catch (failure) {
    await publishKnowledge(reading, troubleOf(failure));
    return;
  }
  await publishKnowledge(reading);
}
