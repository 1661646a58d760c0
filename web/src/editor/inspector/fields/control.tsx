import type { FlowIssue } from '@crmflow/contracts';
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { FieldIssues, useLeaving } from '../node-issues.js';
import './control.css';

/** What every control of a form has. */
export type ControlProps = {
  label: string;
  hint?: string;
  /** What is wrong with what it holds. */
  fault?: string | undefined;
  /** The JSON path of what it holds in the data of the node: the check's issues stand below it. */
  field?: string;
};

/** Ties a control to its label, its hint and what is wrong with what it holds. */
export function Control({
  label,
  hint,
  fault,
  field,
  leaveIssues,
  children,
}: ControlProps & {
  /** Which issues of the field it shows in its own way. */
  leaveIssues?: (issue: FlowIssue) => boolean;
  children: (tied: { id: string; 'aria-describedby': string | undefined }) => ComponentChildren;
}) {
  const id = useId();
  const onLeave = useLeaving(field);
  const note = fault ?? hint;
  const [noteId, issuesId] = [`${id}-note`, `${id}-issues`];
  const described = [note !== undefined && noteId, field !== undefined && issuesId];
  return (
    <div class="control" onFocusOut={onLeave}>
      <label for={id}>{label}</label>
      {children({ id, 'aria-describedby': described.filter(Boolean).join(' ') || undefined })}
      {field !== undefined && (
        <FieldIssues field={field} id={issuesId} {...(leaveIssues && { leave: leaveIssues })} />
      )}
      {note !== undefined && (
        <p id={noteId} class={fault === undefined ? 'small muted' : 'small fault'}>
          {note}
        </p>
      )}
    </div>
  );
}
