import { Control, type ControlProps } from './control.js';

/** A number, or none where the field is empty. */
export function NumberControl({
  value,
  min,
  max,
  step = 1,
  onChange,
  ...control
}: ControlProps & {
  value: number | undefined;
  min: number;
  max: number;
  step?: number;
  onChange: (value: number | undefined) => void;
}) {
  const read = (input: HTMLInputElement) =>
    onChange(
      input.value === '' || Number.isNaN(input.valueAsNumber) ? undefined : input.valueAsNumber,
    );
  return (
    <Control {...control}>
      {(tied) => (
        <input
          {...tied}
          class="input"
          type="number"
          inputMode="decimal"
          value={value ?? ''}
          min={min}
          max={max}
          step={step}
          onInput={(event) => read(event.currentTarget)}
        />
      )}
    </Control>
  );
}
