import type { NodeOf } from '@crmflow/contracts';
import { FlowFault } from '../fault.js';
import { compilePattern } from '../pattern.js';
import {
  fieldError,
  fieldWarning,
  type Finding,
  notEmpty,
  required,
  sourceFindings,
  templateFindings,
} from './fields.js';

type Data = NodeOf<'listen'>['data'];

function checkChoices({ expect, choices = [] }: Data): Finding[] {
  if (expect !== 'choice') {
    if (choices.length === 0) return [];
    return [fieldWarning('data_unused', 'choices', `are not used, because expect is ${expect}`)];
  }
  if (choices.length === 0) {
    return [fieldError('data_missing', 'choices', 'are empty; add what can be chosen')];
  }
  const findings: Finding[] = [];
  const seen = { value: new Set<string>(), label: new Set<string>() };
  for (const [index, choice] of choices.entries()) {
    for (const part of ['value', 'label'] as const) {
      const field = `choices.${index}.${part}`;
      findings.push(...required(field, choice[part], `give the choice a ${part}`));
      const plain = choice[part].trim().toLowerCase();
      if (plain !== '' && seen[part].has(plain)) {
        const message = `"${choice[part]}" is that of another choice too; replies could not tell them apart`;
        findings.push(fieldError('choice_duplicate', field, message));
      }
      seen[part].add(plain);
    }
  }
  return findings;
}

function checkPattern({ expect, pattern }: Data): Finding[] {
  if (expect !== 'pattern') {
    if (pattern === undefined) return [];
    return [fieldWarning('data_unused', 'pattern', `is not used, because expect is ${expect}`)];
  }
  const missing = required('pattern', pattern, 'write a pattern (RE2) that a reply must match');
  if (missing.length > 0 || pattern === undefined) return missing;
  try {
    compilePattern(pattern);
    return [];
  } catch (error) {
    if (error instanceof FlowFault) return sourceFindings('pattern', [error]);
    throw error;
  }
}

function checkReminders({ reminders }: Data): Finding[] {
  return reminders.flatMap(({ after, text }, index) => [
    ...required(`reminders.${index}.after`, after, 'write a duration such as PT1H'),
    ...required(`reminders.${index}.text`, text, 'write what shall be said'),
    ...templateFindings(`reminders.${index}.text`, text),
  ]);
}

/** What keeps a listen node from running. */
export function checkListen(data: Data): Finding[] {
  return [
    ...required('variable', data.variable, 'name the variable that takes the reply'),
    ...checkChoices(data),
    ...checkPattern(data),
    ...templateFindings('retryText', data.retryText),
    ...notEmpty('timeout', data.timeout, 'write a duration such as P1DT12H'),
    ...checkReminders(data),
  ];
}
