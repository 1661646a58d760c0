import type {
  KnowledgeActivities,
  MaintenanceActivities,
  RunActivities,
  TryActivities,
} from '@crmflow/contracts';
import { recordRun } from '@crmflow/db';
import { type CallHttpDeps, createCallHttp } from './call-http.js';
import { createGenerate, type GenerateDeps } from './generate.js';
import { createKnowledgeActivities, type KnowledgeDeps } from './knowledge/knowledge-activities.js';
import { createLookUp } from './knowledge/look-up.js';
import { createMaintenance, type MaintenanceDeps } from './maintenance.js';
import { createSearchKnowledge } from './search-knowledge.js';
import { createSendTry, type SendTryDeps } from './send-try.js';

/** Everything the activities need from outside. */
export type ActivitiesDeps = CallHttpDeps &
  Omit<GenerateDeps, 'lookUp'> &
  KnowledgeDeps &
  MaintenanceDeps &
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
    recordRunEvents: (input) => recordRun(deps.pool, input),
    searchKnowledge: createSearchKnowledge({ ...deps, lookUp }),
    sendTry: createSendTry(deps),
  };
}
