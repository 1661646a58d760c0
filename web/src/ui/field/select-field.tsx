import { useId } from 'preact/hooks';
import './field.css';

/** What a labelled choice of one takes. */
export type SelectFieldProps = {
  name: string;
  label: string;
  options: readonly { value: string; label: string }[];
  defaultValue?: string;
  fault?: string | undefined;
};

/** A choice of one of a few in a form. */
export function SelectField({ name, label, options, defaultValue, fault }: SelectFieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        class="input"
        name={name}
        defaultValue={defaultValue}
        aria-invalid={fault !== undefined}
        aria-describedby={fault === undefined ? undefined : `${id}-note`}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === defaultValue}>
            {option.label}
          </option>
        ))}
      </select>
      {fault !== undefined && (
        <p id={`${id}-note`} class="small fault">
          {fault}
        </p>
      )}
    </div>
  );
}
