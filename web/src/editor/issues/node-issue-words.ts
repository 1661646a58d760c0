import type { FlowNodeInput } from '@crmflow/contracts';
import { issueWords, type ShownIssue } from '../../issues/issue-texts.js';
import { fieldLabel } from './field-label.js';

/** An issue of a node, its field called as in the form. */
export function nodeIssueWords(node: FlowNodeInput | undefined, issue: ShownIssue): string {
  const { field, offset: _, ...rest } = issue;
  const label = node && field !== undefined ? fieldLabel(node, field) : field;
  return issueWords(rest, label);
}
