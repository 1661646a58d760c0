import type { ComponentChildren, InputHTMLAttributes } from 'preact';
import { useId } from 'preact/hooks';
import './field.css';

/** What a labelled input takes. */
export type FieldProps = {
  name: string;
  label: string;
  type?: 'text' | 'email' | 'password' | 'url';
  defaultValue?: string;
  autocomplete?: string;
  required?: boolean;
  /** A word beside the label, such as "optional". */
  aside?: string;
  hint?: string;
  fault?: string | undefined;
  /** A control inside the field's right end. */
  control?: ComponentChildren;
};

/** An input with its label, hint and fault tied to it. */
export function Field({ label, aside, hint, fault, control, type = 'text', ...input }: FieldProps) {
  const id = useId();
  const note = fault ?? hint;
  const attributes = {
    ...input,
    type,
    id,
    class: 'input',
    'aria-invalid': fault !== undefined,
    'aria-describedby': note === undefined ? undefined : `${id}-note`,
  } as InputHTMLAttributes<HTMLInputElement>;
  return (
    <div class="field">
      <label for={id}>
        {label} {aside && <span class="muted">({aside})</span>}
      </label>
      <div class={control ? 'with-control' : undefined}>
        <input {...attributes} />
        {control}
      </div>
      {note !== undefined && (
        <p id={`${id}-note`} class={fault === undefined ? 'small muted' : 'small fault'}>
          {note}
        </p>
      )}
    </div>
  );
}
