import type { JsonObject } from '@crmflow/contracts';
import type { Turn } from './turn.js';

/** What expressions of a flow can see. */
export function scopeOf({ program, state }: Turn): {
  vars: JsonObject;
  input: JsonObject;
  run: JsonObject;
  messages: JsonObject[];
} {
  return {
    vars: state.variables,
    input: program.input,
    run: {
      id: program.runId,
      workflowId: program.workflowId,
      version: program.version,
      startedAt: new Date(program.startedAt).toISOString(),
      ...(state.fault && { error: { ...state.fault } }),
    },
    messages: state.transcript,
  };
}
