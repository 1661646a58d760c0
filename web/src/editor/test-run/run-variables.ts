import type { Json, JsonObject } from '@crmflow/contracts';
import type { FollowedRun } from '../../chat/reduce.js';
import type { Sample } from '../check/messages.js';

/** The run's variables: those of the snapshot, and what was set since. */
export function variablesOf({ snapshot, log }: FollowedRun): JsonObject {
  const variables: JsonObject = { ...snapshot.variables };
  for (const event of log) {
    if (event.type === 'variable.set') variables[event.data.name] = event.data.value;
  }
  return variables;
}

/** What expressions of the run would see now, but for its input, which no event tells. */
export function sampleOf(state: FollowedRun): Sample {
  const { runId, workflowId, version, startedAt } = state.snapshot;
  const messages = state.progress.messages.map(({ id, role, text }): Json => ({ id, role, text }));
  return {
    vars: variablesOf(state),
    input: {},
    run: { id: runId, workflowId, version, startedAt },
    messages,
  };
}
