import { Control, type ControlProps } from './control.js';

/** Text of several lines. */
export function AreaControl({
  value,
  onInput,
  placeholder,
  isCode = false,
  rows = 3,
  ...control
}: ControlProps & {
  value: string;
  onInput: (text: string) => void;
  placeholder?: string;
  isCode?: boolean;
  rows?: number;
}) {
  return (
    <Control {...control}>
      {(tied) => (
        <textarea
          {...tied}
          class={isCode ? 'input code' : 'input'}
          rows={rows}
          value={value}
          placeholder={placeholder}
          spellcheck={!isCode}
          aria-invalid={control.fault !== undefined}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    </Control>
  );
}
