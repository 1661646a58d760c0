import type { RunActivities } from '@crmflow/contracts';
import { type CallHttpDeps, createCallHttp } from './call-http.js';
import { createGenerate, type GenerateDeps } from './generate.js';
import { createRecordRunEvents, type RecordRunEventsDeps } from './record-run-events.js';

/** Everything the activities need from outside. */
export type ActivitiesDeps = CallHttpDeps & GenerateDeps & RecordRunEventsDeps;

/** Makes all activities of a run. */
export function createActivities(deps: ActivitiesDeps): RunActivities {
  return {
    callHttp: createCallHttp(deps),
    generate: createGenerate(deps),
    recordRunEvents: createRecordRunEvents(deps),
  };
}
