import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import './control.css';

/** What every control of a form has. */
export type ControlProps = {
  label: string;
  hint?: string;
  /** What is wrong with what it holds. */
  fault?: string | undefined;
};

/** Ties a control to its label, its hint and its fault. */
export function Control({
  label,
  hint,
  fault,
  children,
}: ControlProps & {
  children: (tied: { id: string; 'aria-describedby': string | undefined }) => ComponentChildren;
}) {
  const id = useId();
  const note = fault ?? hint;
  const noteId = note === undefined ? undefined : `${id}-note`;
  return (
    <div class="control">
      <label for={id}>{label}</label>
      {children({ id, 'aria-describedby': noteId })}
      {note !== undefined && (
        <p id={noteId} class={fault === undefined ? 'small muted' : 'small fault'}>
          {note}
        </p>
      )}
    </div>
  );
}
