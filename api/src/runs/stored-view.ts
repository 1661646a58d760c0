import type { RunStatus, RunView } from '@crmflow/contracts';
import type { StoredRun } from './owned-run.js';

/** What the log says of a run: its state after the newest flush. */
export function storedView({ view, status }: Pick<StoredRun, 'view' | 'status'>): RunView {
  return (
    (view as RunView | null) ?? {
      status: status as RunStatus,
      currentNodes: [],
      variables: {},
      lastSeq: 0,
    }
  );
}
