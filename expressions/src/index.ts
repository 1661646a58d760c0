export { createFindCallback } from './callbacks.js';
export type { FindCallback } from './callbacks.js';
export { createMeter } from './cel/budget.js';
export type { Meter } from './cel/budget.js';
export { changeContact } from './contact/change-contact.js';
export { checkAnswerSchema } from './check-flow/check-answer-schema.js';
export { checkFlow } from './check-flow/check-flow.js';
export { checkNode } from './check-flow/check-node.js';
export type { CheckRules } from './check-flow/check-node.js';
export { expressionFacts } from './check-flow/expression-facts.js';
export type { ExpressionFacts } from './check-flow/expression-facts.js';
export { readsOf } from './check-flow/variable-reads.js';
export { compileIssue, conditionIssue, evaluate, evaluateCondition } from './expression.js';
export type { SourceIssue } from './expression.js';
export { functionNames } from './cel/functions/table.js';
export { FlowFault } from './fault.js';
export type { FaultCode } from './fault.js';
export { parseInstant } from './instant.js';
export { englishLocale } from './locale/english.js';
export { formatDate, formatNumber } from './locale/format.js';
export type { RunLocale } from './locale/locale.js';
export { localeOf } from './locale/locale-of.js';
export { plainText } from './locale/plain-text.js';
export { readDate } from './locale/read-date.js';
export { readNumber } from './locale/read-number.js';
export { compilePattern, matchesAnywhere, matchesPattern } from './pattern.js';
export type { Pattern } from './pattern.js';
export type { ClockWarning, Timing } from './schedules/times.js';
export {
  clockWarnings,
  firstTimes,
  isTime,
  namesBothDays,
  timesOf,
  timingOf,
  zonedTime,
} from './schedules/times.js';
export type { Scope } from './scope.js';
export { templateIssues } from './template/issues.js';
export { asText, renderText } from './template/render.js';
export { renderHeader } from './template/render-header.js';
export { renderUrl } from './template/render-url.js';
export { renderValue } from './template/render-value.js';
export { nextOfficeTime } from './zones/office-hours.js';
export { isZone, zoneOffsets } from './zones/zone.js';
