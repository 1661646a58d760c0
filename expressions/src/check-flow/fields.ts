import { because, type FlowIssue, issueOf, type Reason } from '@crmflow/contracts';

/** An issue of a field. */
export function issueAt(field: string, why: Reason): FlowIssue {
  return issueOf(why, { field });
}

/** A field that must be filled in before the flow can run. */
export function required(field: string, value: string | undefined, why: Reason): FlowIssue[] {
  const isMissing = value === undefined || value.trim() === '';
  return isMissing ? [issueAt(field, why)] : [];
}

/** A header whose value is written out must be a single line. */
export function checkHeader(name: string, value: string): FlowIssue[] {
  if (value.includes('{{') || !/[\r\n]/.test(value)) return [];
  return [issueAt(`headers.${name}`, because('header_line_break'))];
}

/** A time limit may be left out, but means nothing when it is empty. */
export function checkTimeLimit(field: string, value: string | undefined): FlowIssue[] {
  return value === undefined ? [] : required(field, value, because('time_limit_empty'));
}
