import type {
  KnowledgeActivities,
  MaintenanceActivities,
  RunActivities,
  TryActivities,
} from '@crmflow/contracts';
import { recordRun } from '@crmflow/db';
import type { Pool } from 'pg';
import { type CallHttpDeps, createCallHttp } from './call-http.js';
import { createGenerate, type GenerateDeps } from './generate.js';
import { createKnowledgeActivities, type KnowledgeDeps } from './knowledge/knowledge-activities.js';
import { createLookUp } from './knowledge/look-up.js';
import { createMaintenance, type MaintenanceDeps } from './maintenance.js';
import { createSearchKnowledge } from './search-knowledge.js';
import { createSendTry, type SendTryDeps } from './send-try.js';

/** What recording needs. */
export type RecordDeps = {
  pool: Pool;
  /** For how many milliseconds a run that goes on at once is to let others go first. */
  pace: (ownerId: string, cost: number) => number;
};

function createRecordRunEvents({ pool, pace }: RecordDeps): RunActivities['recordRunEvents'] {
  return async (input) => {
    const result = await recordRun(pool, input);
    if (result === 'gone' || !input.burst) return result;
    const pauseMs = pace(input.burst.ownerId, input.burst.cost);
    return pauseMs > 0 ? { pauseMs } : result;
  };
}

/** Everything the activities need from outside. */
export type ActivitiesDeps = CallHttpDeps &
  Omit<GenerateDeps, 'lookUp'> &
  KnowledgeDeps &
  MaintenanceDeps &
  RecordDeps &
  SendTryDeps;

/** All activities, of runs and of what is beside them. */
export type Activities = RunActivities &
  TryActivities &
  KnowledgeActivities &
  MaintenanceActivities;

/** Makes all activities. */
export function createActivities(deps: ActivitiesDeps): Activities {
  const lookUp = createLookUp(deps);
  return {
    callHttp: createCallHttp(deps),
    ...createKnowledgeActivities(deps),
    ...createMaintenance(deps),
    generate: createGenerate({ ...deps, lookUp }),
    recordRunEvents: createRecordRunEvents(deps),
    searchKnowledge: createSearchKnowledge({ ...deps, lookUp }),
    sendTry: createSendTry(deps),
  };
}
