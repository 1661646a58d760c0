export {
  type Activities,
  type ActivitiesDeps,
  createActivities,
  type Pacer,
} from './activities.js';
export * from './ai/index.js';
export {
  createEgress,
  type Egress,
  type EgressDeps,
  type EgressRequest,
  type EgressResponse,
} from './egress/egress.js';
export { EgressError } from './egress/egress-error.js';
export { createDocumentReader } from './knowledge/reader/read-document.js';
export { openStored, type ReadSecret } from './secrets/read-secret.js';
