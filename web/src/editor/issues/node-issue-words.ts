import type { FlowNodeInput } from '@crmflow/contracts';
import { issueWords, type ShownIssue } from '../../issues/issue-texts.js';
import { viewOf } from '../canvas/kinds.js';
import { texts } from '../editor-texts.js';

/**
 * What the form of a node calls a field: `choices[1].label` is “Choices 2, Label”. What it has no
 * name for is called by its path.
 */
function fieldLabel(node: FlowNodeInput, field: string): string {
  const labels: { [field: string]: string } = {
    label: texts.form.label,
    ...viewOf(node).labels(node.data),
  };
  const [, list = '', row, inner = ''] = /^([a-zA-Z]+)(?:\[(\d+)\])?(?:\.(.*))?$/.exec(field) ?? [];
  if (row !== undefined) {
    const part = inner === '' ? '' : (labels[`${list}[].${inner.split(/[.[]/)[0]}`] ?? inner);
    return `${labels[list] ?? list} ${Number(row) + 1}${part && `, ${part}`}`;
  }
  const whole = labels[field] ?? labels[`${list}.${inner.split(/[.[]/)[0]}`];
  if (whole !== undefined) return whole;
  const label = labels[list];
  if (label === undefined) return field;
  return inner === '' ? label : `${label}, ${inner}`;
}

/** An issue of a node, its field called as in the form. */
export function nodeIssueWords(node: FlowNodeInput | undefined, issue: ShownIssue): string {
  const { field, offset: _, ...rest } = issue;
  const label = node && field !== undefined ? fieldLabel(node, field) : field;
  return issueWords(rest, label);
}
