import type { RunActivities } from '@crmflow/contracts';
import { type CallHttpDeps, createCallHttp } from './call-http.js';
import { createGenerate, type GenerateDeps } from './generate.js';

/** Everything the activities need from outside. */
export type ActivitiesDeps = CallHttpDeps & GenerateDeps;

/** Makes the activities that talk to the outside. */
export function createActivities(
  deps: ActivitiesDeps,
): Pick<RunActivities, 'callHttp' | 'generate'> {
  return { callHttp: createCallHttp(deps), generate: createGenerate(deps) };
}
