import type { FlowIssue } from '@crmflow/contracts';
import type { ReadonlySignal, Signal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext, useLayoutEffect } from 'preact/hooks';
import { issueWords } from '../../issues/issue-texts.js';
import { useTools } from './tools.js';

/** The node whose form is drawn. */
type FormNode = {
  id: string;
  /** It was added just now: nothing is said of a field before somebody has left it. */
  isNew: ReadonlySignal<boolean>;
  /** The fields that somebody has left. */
  left: Signal<ReadonlySet<string>>;
  /** The fields whose issues stand at their controls. */
  shown: Signal<ReadonlySet<string>>;
};

/** Around the form of a node. */
export const NodeContext = createContext<FormNode | undefined>(undefined);

/** @throws Error outside of the form of a node */
export function useFormNode(): FormNode {
  const node = useContext(NodeContext);
  if (!node) throw new Error('A control of a node stands outside of its form.');
  return node;
}

/** Notes that somebody has left a field, if it is one of a node; for the element around it. */
export function useLeaving(field: string | undefined): () => void {
  const left = useContext(NodeContext)?.left;
  return () => {
    if (!left || field === undefined || left.peek().has(field)) return;
    left.value = new Set([...left.peek(), field]);
  };
}

/** Whether an issue belongs to a field, or to something in it. */
export const isOfField = ({ field = '' }: FlowIssue, of: string): boolean => isWithin(field, of);

const isWithin = (field: string, of: string) =>
  field === of || field.startsWith(`${of}.`) || field.startsWith(`${of}[`);

/** What the check says of a field and of what is in it. */
export function useFieldIssues(field: string): FlowIssue[] {
  const { checker } = useTools();
  const { id } = useFormNode();
  return (checker.byNode.value.get(id) ?? []).filter((issue) => isOfField(issue, field));
}

/** An issue at its field: with the path inside, where it is of a part. */
function wordsAt(field: string, { field: path = '', offset: _, ...issue }: FlowIssue): string {
  const inside = path.slice(field.length).replace(/^\./, '');
  return inside === '' ? issueWords(issue) : issueWords(issue, inside);
}

/**
 * Issues of a field, as a list below its control, and so no longer above the form. Those of a part
 * with a control of its own stand there.
 * @param leave which of them are shown elsewhere, such as those of code while it is typed
 */
export function FieldIssues({
  field,
  id,
  isRow = false,
  leave,
}: {
  field: string;
  id?: string;
  /** A row shows which of its cells is meant. */
  isRow?: boolean;
  leave?: (issue: FlowIssue) => boolean;
}) {
  const { shown, isNew, left } = useFormNode();
  useLayoutEffect(() => {
    shown.value = new Set([...shown.peek(), field]);
    return () => {
      shown.value = new Set([...shown.peek()].filter((one) => one !== field));
    };
  }, [shown, field]);
  const inner = [...shown.value].filter((one) => one.length > field.length);
  const issues = useFieldIssues(field).filter(
    (issue) => !leave?.(issue) && !inner.some((one) => isOfField(issue, one)),
  );
  const isEarly = isNew.value && ![...left.value].some((one) => isWithin(field, one));
  if (issues.length === 0 || isEarly) return null;
  return (
    <ul id={id} class="field-issues small">
      {issues.map((issue) => {
        const words = wordsAt(isRow ? (issue.field ?? '') : field, issue);
        return (
          <li key={words} class={issue.severity}>
            {words}
          </li>
        );
      })}
    </ul>
  );
}
