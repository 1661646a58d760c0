import type { RecordInput, RunEvent, RunStatus } from '@crmflow/contracts';

/** An event that tells `word`: different words are different stories. */
export function event(seq: number, word: string): RunEvent {
  return { seq, at: 1_700_000_000_000 + seq, type: 'paused', data: { reason: word } };
}

/** What the visitor or the flow said. */
export function said(seq: number, role: 'user' | 'system', id: string, text = id): RunEvent {
  return { seq, at: 1_700_000_000_000 + seq, type: 'message', data: { id, role, text } };
}

/** A flush of these events, whose view has the last one's seq. */
export function flushOf(
  runId: string,
  events: RunEvent[],
  state: { status?: RunStatus; finishedAt?: number } = {},
): RecordInput {
  const lastSeq = events.at(-1)?.seq ?? 0;
  const { status = 'running', finishedAt } = state;
  return {
    runId,
    events,
    view: { status, currentNodes: [], variables: { at: lastSeq }, lastSeq },
    ...(finishedAt === undefined ? {} : { finishedAt }),
  };
}
