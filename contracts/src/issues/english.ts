import type { FieldError } from '../errors.js';
import { englishIssues } from './en.js';
import { createIssueFormatter } from './format.js';
import type { FlowIssue, Reason } from './issue.js';

const english = createIssueFormatter(englishIssues);

/** What is wrong, in English and without where. */
export function englishSentence(why: Reason): string {
  return english.sentence(why);
}

/** An issue with its sentence in English, as the API answers it. */
export function withMessage(issue: FlowIssue): FlowIssue & { message: string } {
  return { ...issue, message: english.message(issue, issue.field) };
}

/**
 * An issue as one of the errors of a request.
 * @param path of the node, the edge or the list that has it
 */
export function issueError(issue: FlowIssue, path: string): FieldError {
  const { severity: _, ...error } = withMessage(issue);
  return { path, ...error };
}
