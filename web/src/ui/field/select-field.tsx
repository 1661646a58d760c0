import { useId } from 'preact/hooks';
import './field.css';

/** What a labelled choice of one takes. */
export type SelectFieldProps<T extends string> = {
  name: string;
  label: string;
  options: readonly { value: T; label: string }[];
  defaultValue?: string;
  /** What is chosen, where that is known outside of the form; told of changes by `onChange`. */
  value?: T;
  onChange?: (value: T) => void;
  hint?: string;
  fault?: string | undefined;
};

/** A choice of one of a few in a form. */
export function SelectField<T extends string>(props: SelectFieldProps<T>) {
  const { name, label, options, defaultValue, value, onChange, hint, fault } = props;
  const id = useId();
  const note = fault ?? hint;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        class="input"
        name={name}
        {...(value === undefined ? { defaultValue } : { value })}
        onChange={({ currentTarget }) => onChange?.(currentTarget.value as T)}
        aria-invalid={fault !== undefined}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
      >
        {options.map((option) => (
          <option
            key={option.value}
            value={option.value}
            selected={option.value === (value ?? defaultValue)}
          >
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
