import type { RunVersion } from '@crmflow/contracts';
import type { RunState } from '../../chat/reduce.js';

/** The version that a run is on: a migration tells another one than the snapshot knows. */
export function versionNow({ snapshot, log }: RunState): RunVersion {
  const told = log.findLast((event) => event.type === 'run.started');
  return told?.type === 'run.started' ? told.data.version : snapshot.version;
}
