import type { NodeOf } from '@crmflow/contracts';
import { conditionProblem } from '../expression.js';
import { parseInstant } from '../instant.js';
import {
  fieldError,
  type Finding,
  required,
  sourceFindings,
  templateFindings,
  valueFindings,
} from './fields.js';

type Data = NodeOf<'logic'>['data'];
type DataOf<K extends Data['kind']> = Extract<Data, { kind: K }>;

function checkBranch({ cases }: DataOf<'branch'>): Finding[] {
  if (cases.length === 0) {
    return [fieldError('data_missing', 'cases', 'are empty; add a case with a condition')];
  }
  const seen = new Set<string>();
  return cases.flatMap(({ handle, when }, index) => {
    const field = `cases.${index}`;
    const missing = required(`${field}.when`, when, 'write a condition such as vars.age >= 18');
    const problem = missing.length > 0 ? null : conditionProblem(when);
    const taken = seen.has(handle)
      ? [fieldError('handle_duplicate', `${field}.handle`, `"${handle}" is that of another case`)]
      : [];
    seen.add(handle);
    return [...missing, ...sourceFindings(`${field}.when`, problem ? [problem] : []), ...taken];
  });
}

function checkSet({ assign }: DataOf<'set'>): Finding[] {
  if (assign.length === 0) {
    return [fieldError('data_missing', 'assign', 'is empty; add a variable and its value')];
  }
  return assign.flatMap(({ name, value }, index) => [
    ...required(`assign.${index}.name`, name, 'name the variable'),
    ...valueFindings(`assign.${index}.value`, value),
  ]);
}

function checkUntil(until: string): Finding[] {
  const problems = templateFindings('until', until);
  if (problems.length > 0 || until.includes('{{') || parseInstant(until) !== null) return problems;
  const message = 'is no instant; write ISO 8601 such as 2026-01-31T09:30:00Z, or an expression';
  return [fieldError('wait_invalid', 'until', message)];
}

function checkWait({ duration, until }: DataOf<'wait'>): Finding[] {
  if (duration !== undefined && until !== undefined) {
    return [fieldError('data_conflict', 'until', 'cannot stand beside duration; leave one out')];
  }
  if (until === undefined) return required('duration', duration, 'write a duration such as P2W');
  const missing = required('until', until, 'write an instant such as 2026-01-31T09:30:00Z');
  return missing.length > 0 ? missing : checkUntil(until);
}

/** What keeps a logic node from running. */
export function checkLogic(data: Data): Finding[] {
  switch (data.kind) {
    case 'branch':
      return checkBranch(data);
    case 'set':
      return checkSet(data);
    case 'wait':
      return checkWait(data);
    case undefined:
      return [fieldError('data_missing', 'kind', 'is not chosen; take branch, set or wait')];
  }
}
