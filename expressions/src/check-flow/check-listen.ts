import { because, type FlowIssue, issueOf, type NodeOf } from '@crmflow/contracts';
import { sourceIssueOf } from '../expression.js';
import { FlowFault } from '../fault.js';
import { compilePattern } from '../pattern.js';
import { checkTimeLimit, issueAt, required } from './fields.js';

type Data = NodeOf<'listen'>['data'];

const missingOf = { value: 'choice_value_missing', label: 'choice_label_missing' } as const;

function checkChoices({ expect, choices = [] }: Data): FlowIssue[] {
  if (expect !== 'choice') {
    return choices.length === 0 ? [] : [issueAt('choices', because('choices_unused'))];
  }
  if (choices.length === 0) return [issueAt('choices', because('choices_missing'))];
  const issues: FlowIssue[] = [];
  const seen = { value: new Set<string>(), label: new Set<string>() };
  for (const [index, choice] of choices.entries()) {
    for (const part of ['value', 'label'] as const) {
      const field = `choices[${index}].${part}`;
      issues.push(
        ...required(field, choice[part], because(missingOf[part], { number: index + 1 })),
      );
      const plain = choice[part].trim().toLowerCase();
      if (plain !== '' && seen[part].has(plain)) {
        issues.push(issueAt(field, because('choice_duplicate', { text: choice[part] })));
      }
      seen[part].add(plain);
    }
  }
  return issues;
}

function checkPattern({ expect, pattern }: Data): FlowIssue[] {
  if (expect !== 'pattern') {
    return pattern === undefined ? [] : [issueAt('pattern', because('pattern_unused'))];
  }
  const missing = required('pattern', pattern, because('pattern_missing'));
  if (missing.length > 0 || pattern === undefined) return missing;
  try {
    compilePattern(pattern);
    return [];
  } catch (error) {
    if (!(error instanceof FlowFault)) throw error;
    const { offset, ...why } = sourceIssueOf(error);
    return [issueOf(why, { field: 'pattern', ...(offset !== undefined && { offset }) })];
  }
}

function checkReminders({ reminders }: Data): FlowIssue[] {
  return reminders.flatMap(({ after, text }, index) => {
    const row = { number: index + 1 };
    return [
      ...required(`reminders[${index}].after`, after, because('reminder_delay_missing', row)),
      ...required(`reminders[${index}].text`, text, because('reminder_text_missing', row)),
    ];
  });
}

/** What keeps a listen node from running. */
export function checkListen(data: Data): FlowIssue[] {
  return [
    ...required('variable', data.variable, because('reply_variable_missing')),
    ...checkChoices(data),
    ...checkPattern(data),
    ...checkTimeLimit('timeout', data.timeout),
    ...checkReminders(data),
  ];
}
