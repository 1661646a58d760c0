import { because, type DataOf, type FlowIssue } from '@crmflow/contracts';
import { parseInstant } from '../instant.js';
import { issueAt, required } from './fields.js';

/** What keeps a branch from running. */
export function checkBranch({ cases }: DataOf<'branch'>): FlowIssue[] {
  if (cases.length === 0) return [issueAt('cases', because('branches_missing'))];
  const seen = new Set<string>();
  return cases.flatMap(({ handle, when }, index) => {
    const field = `cases[${index}]`;
    const missing = required(
      `${field}.when`,
      when,
      because('condition_missing', { branch: handle }),
    );
    const taken = seen.has(handle)
      ? [issueAt(`${field}.handle`, because('branch_name_duplicate', { name: handle }))]
      : [];
    seen.add(handle);
    return [...missing, ...taken];
  });
}

/** What keeps a node that sets variables from running. */
export function checkSet({ assign }: DataOf<'set'>): FlowIssue[] {
  if (assign.length === 0) return [issueAt('assign', because('assignments_missing'))];
  return assign.flatMap(({ name }, index) =>
    required(
      `assign[${index}].name`,
      name,
      because('assigned_variable_missing', { number: index + 1 }),
    ),
  );
}

function checkUntil(until: string): FlowIssue[] {
  if (until.includes('{{') || parseInstant(until) !== null) return [];
  return [issueAt('until', because('instant_invalid'))];
}

/** What keeps a wait from running. */
export function checkWait({ duration, until, officeHours }: DataOf<'wait'>): FlowIssue[] {
  if (duration !== undefined && until !== undefined) {
    return [issueAt('until', because('wait_conflict'))];
  }
  if (until === undefined) {
    if (officeHours && duration === undefined) return [];
    return required('duration', duration, because('wait_length_missing'));
  }
  const missing = required('until', until, because('wait_until_missing'));
  return missing.length > 0 ? missing : checkUntil(until);
}
