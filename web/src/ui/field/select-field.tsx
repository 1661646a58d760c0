import { useId } from 'preact/hooks';
import './field.css';

/** What a labelled choice of one takes. */
export type SelectFieldProps = {
  name: string;
  label: string;
  options: readonly { value: string; label: string }[];
  defaultValue?: string;
  hint?: string;
  fault?: string | undefined;
};

/** A choice of one of a few in a form. */
export function SelectField(props: SelectFieldProps) {
  const { name, label, options, defaultValue, hint, fault } = props;
  const id = useId();
  const note = fault ?? hint;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        class="input"
        name={name}
        defaultValue={defaultValue}
        aria-invalid={fault !== undefined}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === defaultValue}>
            {option.label}
          </option>
        ))}
      </select>
      {note !== undefined && (
        <p id={`${id}-note`} class={fault === undefined ? 'small muted' : 'small fault'}>
          {note}
        </p>
      )}
    </div>
  );
}
