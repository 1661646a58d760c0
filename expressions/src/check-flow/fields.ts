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

/** A time limit may be left out, but means nothing when it is empty. */
export function checkTimeLimit(field: string, value: string | undefined): FlowIssue[] {
  return value === undefined ? [] : required(field, value, because('time_limit_empty'));
}
