import type { FlowNodeInput } from '@crmflow/contracts';
import { issueWords, type ShownIssue } from '../../issues/issue-texts.js';
import { everyView, viewOf } from '../canvas/kinds.js';
import { texts } from '../editor-texts.js';

type Labels = { [field: string]: string };

/** What the forms call their fields, where all that have such a field call it the same. */
function commonLabels(): Labels {
  const all = everyView.flatMap((view) => Object.entries(view.labels({})));
  const isCommon = ([field, label]: [string, string]) =>
    all.every(([other, called]) => other !== field || called === label);
  return Object.fromEntries(all.filter(isCommon));
}

/**
 * What the form of a node calls a field: `choices[1].label` is “Choices 2, Label”. What it has no
 * name for is called by its path.
 */
function fieldLabel(node: FlowNodeInput | undefined, field: string): string {
  const labels: Labels = {
    label: texts.form.label,
    ...(node ? viewOf(node).labels(node.data) : commonLabels()),
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

/**
 * An issue of a node, its field called as in the form.
 * @param node undefined where it is not drawn here, such as one that the model has written
 */
export function nodeIssueWords(node: FlowNodeInput | undefined, issue: ShownIssue): string {
  const { field, offset: _, ...rest } = issue;
  return issueWords(rest, field === undefined ? undefined : fieldLabel(node, field));
}
