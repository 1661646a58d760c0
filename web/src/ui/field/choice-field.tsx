import './choice-field.css';

/** What a choice of one of a few takes, each with what it is for. */
export type ChoiceFieldProps = {
  name: string;
  label: string;
  options: readonly { value: string; label: string; hint?: string }[];
  defaultValue: string;
  onChange?: (value: string) => void;
};

/** A choice of one of a few that need explaining, all of them in sight. */
export function ChoiceField({ name, label, options, defaultValue, onChange }: ChoiceFieldProps) {
  return (
    <fieldset class="choice-field">
      <legend>{label}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={name}
            value={option.value}
            defaultChecked={option.value === defaultValue}
            onChange={() => onChange?.(option.value)}
          />
          <span>
            {option.label}
            {option.hint !== undefined && <span class="small muted">{option.hint}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
