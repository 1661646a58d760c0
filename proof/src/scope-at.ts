import type { Scope } from '@crmflow/expressions';
import { type Program, type RunState, scopeOf, Turn, viewOf } from '@crmflow/workflows/core';

/** What expressions of a test see of a run as it stands: what those of its flow do, and its status. */
export function scopeAt(program: Program, state: RunState): Scope {
  const scope = scopeOf(new Turn(program, state));
  return { ...scope, run: { ...scope.run, status: viewOf(program, state).status } };
}
