import { useId } from 'preact/hooks';
import './field.css';

/** What a labelled field for longer texts takes. */
export type AreaFieldProps = {
  name: string;
  label: string;
  defaultValue?: string;
  rows?: number;
  hint?: string;
  fault?: string | undefined;
  onInput?: (text: string) => void;
};

/** A field for longer texts, with its label, hint and fault tied to it. */
export function AreaField({ label, hint, fault, rows = 6, onInput, ...area }: AreaFieldProps) {
  const id = useId();
  const note = fault ?? hint;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea
        {...area}
        id={id}
        class="input"
        rows={rows}
        onInput={({ currentTarget }) => onInput?.(currentTarget.value)}
        aria-invalid={fault !== undefined}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
      />
      {note !== undefined && (
        <p id={`${id}-note`} class={fault === undefined ? 'small muted' : 'small fault'}>
          {note}
        </p>
      )}
    </div>
  );
}
