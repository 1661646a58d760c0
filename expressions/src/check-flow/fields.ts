import {
  because,
  type FlowIssue,
  formatPath,
  issueOf,
  type Json,
  type Reason,
} from '@crmflow/contracts';
import type { SourceIssue } from '../expression.js';
import { templateIssues, valueIssues } from '../template/issues.js';

/** An issue of a field. */
export function issueAt(field: string, why: Reason): FlowIssue {
  return issueOf(why, { field });
}

/** A field that must be filled in before the flow can run. */
export function required(field: string, value: string | undefined, why: Reason): FlowIssue[] {
  const isMissing = value === undefined || value.trim() === '';
  return isMissing ? [issueAt(field, why)] : [];
}

/** A time limit may be left out, but means nothing when it is empty. */
export function checkTimeLimit(field: string, value: string | undefined): FlowIssue[] {
  return value === undefined ? [] : required(field, value, because('time_limit_empty'));
}

/** The issues of an expression, a template or a pattern, as those of a field. */
export function issuesOfSource(field: string, issues: readonly SourceIssue[]): FlowIssue[] {
  return issues.map(({ offset, ...why }) =>
    issueOf(why, { field, ...(offset !== undefined && { offset }) }),
  );
}

/** What is wrong with a template in a field. */
export function checkTemplate(field: string, template: string | undefined): FlowIssue[] {
  return template === undefined ? [] : issuesOfSource(field, templateIssues(template));
}

/** What is wrong with the templates within a value. */
export function checkValue(field: string, value: Json): FlowIssue[] {
  return valueIssues(value).flatMap(({ path, ...issue }) => {
    const inside = formatPath(path);
    const dot = inside === '' || inside.startsWith('[') ? '' : '.';
    return issuesOfSource(`${field}${dot}${inside}`, [issue]);
  });
}
