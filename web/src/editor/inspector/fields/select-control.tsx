import { Control, type ControlProps } from './control.js';

/** One of a few. */
export function SelectControl<T extends string>({
  value,
  options,
  onChange,
  ...control
}: ControlProps & {
  value: T;
  options: readonly { value: T; label: string; isDisabled?: boolean }[];
  onChange: (value: T) => void;
}) {
  return (
    <Control {...control}>
      {(tied) => (
        <select
          {...tied}
          class="input"
          value={value}
          onChange={(event) => onChange(event.currentTarget.value as T)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.isDisabled}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Control>
  );
}
