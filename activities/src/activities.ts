import type {
  EventActivities,
  KnowledgeActivities,
  MaintenanceActivities,
  RunActivities,
  ScheduleActivities,
  TryActivities,
} from '@crmflow/contracts';
import { recordRun } from '@crmflow/db';
import type { Pool } from 'pg';
import { createReserveForDeployment } from './ai/deployment-budget.js';
import { type BeginFlowDeps, createBeginFlow } from './begin-flow.js';
import { type CallHttpDeps, createCallHttp } from './call-http.js';
import { createDeliverEvents, type DeliverEventsDeps } from './events/deliver-events.js';
import { createGenerate, type GenerateDeps } from './generate.js';
import { createKnowledgeActivities, type KnowledgeDeps } from './knowledge/knowledge-activities.js';
import { createLookUp } from './knowledge/look-up.js';
import { createMaintenance, type MaintenanceDeps } from './maintenance.js';
import { createRecordFiring, type RecordFiringDeps } from './record-firing.js';
import { createSearchKnowledge } from './search-knowledge.js';
import { createSendTry, type SendTryDeps } from './send-try.js';
import { createReadOfficeHours } from './read-office-hours.js';
import { createUpdateContact } from './update-contact.js';

/** Lets runs that go on without waiting take turns. */
export type Pacer = {
  /**
   * A turn of such a run is recorded.
   * @param turn.cost see `Turn.cost`
   * @returns for how many milliseconds the run is to let others go first
   */
  pause(turn: { runId: string; workspaceId: string; cost: number }): number;
  /** A run waits, or has ended. */
  rest(runId: string): void;
};

/** What recording needs. */
export type RecordDeps = { pool: Pool; pacer: Pacer };

function createRecordRunEvents({ pool, pacer }: RecordDeps): RunActivities['recordRunEvents'] {
  return async (input) => {
    const result = await recordRun(pool, input);
    if (result === 'gone' || !input.burst) {
      pacer.rest(input.runId);
      return result;
    }
    const pauseMs = pacer.pause({ runId: input.runId, ...input.burst });
    return pauseMs > 0 ? { pauseMs } : result;
  };
}

/** Everything the activities need from outside. */
export type ActivitiesDeps = BeginFlowDeps &
  CallHttpDeps &
  Omit<GenerateDeps, 'lookUp' | 'reserveForDeployment'> &
  DeliverEventsDeps &
  KnowledgeDeps &
  MaintenanceDeps &
  RecordDeps &
  RecordFiringDeps &
  SendTryDeps;

/** All activities, of runs and of what is beside them. */
export type Activities = RunActivities &
  ScheduleActivities &
  TryActivities &
  EventActivities &
  KnowledgeActivities &
  MaintenanceActivities;

/** Makes all activities. */
export function createActivities(deps: ActivitiesDeps): Activities {
  const lookUp = createLookUp(deps);
  return {
    beginFlow: createBeginFlow(deps),
    callHttp: createCallHttp(deps),
    ...createKnowledgeActivities(deps),
    ...createMaintenance(deps),
    deliverEvents: createDeliverEvents(deps),
    generate: createGenerate({
      ...{ ...deps, lookUp },
      reserveForDeployment: createReserveForDeployment(deps.pool),
    }),
    recordFiring: createRecordFiring(deps),
    recordRunEvents: createRecordRunEvents(deps),
    searchKnowledge: createSearchKnowledge({ ...deps, lookUp }),
    sendTry: createSendTry(deps),
    updateContact: createUpdateContact(deps),
    readOfficeHours: createReadOfficeHours(deps),
  };
}
