import type { ComponentChildren, InputHTMLAttributes } from 'preact';
import { useId } from 'preact/hooks';
import './field.css';

/** What a labelled input takes. */
export type FieldProps = {
  name: string;
  label: string;
  type?: 'text' | 'email' | 'password' | 'url' | 'datetime-local' | 'time';
  defaultValue?: string;
  /** In place of `defaultValue` where others change it too. */
  value?: string;
  /** The id of a `datalist` with what can be chosen. */
  list?: string;
  placeholder?: string;
  inputMode?: 'numeric';
  autocomplete?: string;
  required?: boolean;
  maxLength?: number;
  /** A word beside the label, such as "optional". */
  aside?: string;
  hint?: string;
  fault?: string | undefined;
  /** What stands before what is typed and belongs to it, such as the start of an address. */
  prefix?: string;
  /** A control inside the field's right end. */
  control?: ComponentChildren;
};

/** An input with its label, hint and fault tied to it. */
export function Field(props: FieldProps) {
  const { label, aside, hint, fault, prefix, control, type = 'text', ...input } = props;
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
      <div class={control ? 'with-control' : prefix === undefined ? undefined : 'with-prefix'}>
        {prefix !== undefined && <span class="small muted">{prefix}</span>}
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
