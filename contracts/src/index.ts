export * from './backoff.js';
export * from './duration.js';
export * from './email.js';
export * from './errors.js';
export * from './event-names.js';
export * from './field-errors.js';
export * from './flow/flow.js';
export * from './flow/flow-tests.js';
export * from './fields/identifiers.js';
export * from './flow/issue.js';
export * from './nodes/node.js';
export * from './fields/answer-schema.js';
export * from './flow/node-type.js';
export * from './flow/note.js';
export * from './flow/tools.js';
export * from './http/ai.js';
export * from './http/analytics.js';
export * from './http/auth.js';
export * from './http/chat.js';
export * from './http/contact.js';
export * from './http/chat-settings.js';
export * from './http/delivery.js';
export * from './http/inbox.js';
export * from './http/deployment.js';
export * from './http/kept-secret.js';
export * from './http/webhook-settings.js';
export * from './http/flow.js';
export * from './http/flow-tests.js';
export * from './http/account.js';
export * from './http/key.js';
export * from './http/knowledge.js';
export * from './http/health.js';
export * from './http/list.js';
export * from './http/problem.js';
export * from './http/run.js';
export * from './http/saved-view.js';
export * from './http/take-over.js';
export * from './http/template.js';
export * from './http/usage.js';
export * from './http/version.js';
export * from './http/workspace.js';
export * from './rights.js';
export { formatReason } from './flow/format-reason.js';
export * from './issues/index.js';
export * from './json.js';
export * from './kinds.js';
export * from './knowledge/activities.js';
export * from './knowledge/passage.js';
export * from './limits.js';
export * from './maintenance.js';
export {
  type AiConverse,
  type AiData,
  type AiFallback,
  type AiTool,
  finishFunction,
  searchFunction,
} from './nodes/ai.js';
export { isAnswerHeader } from './nodes/respond.js';
export { nodeWritings } from './nodes/index.js';
export type { ExpressionField, KeyUse, Need, NodeKind, NodeWriting } from './nodes/kind.js';
export * from './nodes/of-node.js';
export * from './run/calls.js';
export * from './run/chunk-attempt.js';
export * from './run/contact.js';
export * from './run/event.js';
export * from './run/parts.js';
export * from './run/pause.js';
export * from './run/recovery.js';
export * from './run/request.js';
export * from './run/retry-budget.js';
export * from './run/snapshot.js';
export * from './run/status.js';
export * from './run/version.js';
export * from './sockets.js';
export { storable } from './storable.js';
export * from './text.js';
export { traceHeader } from './trace-header.js';
export * from './try-http.js';
