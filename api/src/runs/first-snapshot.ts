import type { Json, RunSnapshot } from '@crmflow/contracts';
import type { RunFlowInput } from '@crmflow/workflows';

/** A run before its first event: known without asking anybody. */
export function firstSnapshot(input: RunFlowInput): RunSnapshot {
  const { runId, workflowId, version, startedAt, mode = 'auto', pausePoints = [] } = input;
  const defaults = input.variables.flatMap(({ name, default: value }): [string, Json][] =>
    value === undefined ? [] : [[name, value]],
  );
  return {
    runId,
    workflowId,
    version,
    status: 'running',
    mode,
    stepping: mode === 'step',
    pausePoints,
    currentNodes: [],
    variables: Object.fromEntries(defaults),
    messages: [],
    lastSeq: 0,
    startedAt: new Date(startedAt).toISOString(),
  };
}
