import type { RunActivities, TryActivities } from '@crmflow/contracts';
import { type CallHttpDeps, createCallHttp } from './call-http.js';
import { createGenerate, type GenerateDeps } from './generate.js';
import { createRecordRunEvents, type RecordRunEventsDeps } from './record-run-events.js';
import { createSendTry, type SendTryDeps } from './send-try.js';

/** Everything the activities need from outside. */
export type ActivitiesDeps = CallHttpDeps & GenerateDeps & RecordRunEventsDeps & SendTryDeps;

/** Makes all activities. */
export function createActivities(deps: ActivitiesDeps): RunActivities & TryActivities {
  return {
    callHttp: createCallHttp(deps),
    generate: createGenerate(deps),
    recordRunEvents: createRecordRunEvents(deps),
    sendTry: createSendTry(deps),
  };
}
