export { type Activities, type ActivitiesDeps, createActivities } from './activities.js';
export { createGemini, type GeminiDeps } from './ai/gemini.js';
export { createGeminiKey, type GeminiKey, type GeminiKeyDeps } from './ai/gemini-key.js';
export type { AiPiece, AiProvider, AiRequest, Line } from './ai/provider.js';
export type { PublishLive } from './call/live.js';
export {
  createEgress,
  type Egress,
  type EgressDeps,
  type EgressRequest,
  type EgressResponse,
} from './egress/egress.js';
export { EgressError } from './egress/egress-error.js';
export { readPdf } from './knowledge/pdf/read-pdf.js';
export type { ReadSecret } from './secrets/read-secret.js';
