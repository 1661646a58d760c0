import { Control, type ControlProps } from './control.js';

/** A line of text. */
export function TextControl({
  value,
  onInput,
  placeholder,
  isCode = false,
  list,
  maxLength,
  ...control
}: ControlProps & {
  value: string;
  onInput: (text: string) => void;
  placeholder?: string;
  isCode?: boolean;
  /** Id of a datalist with what one may mean. */
  list?: string;
  maxLength?: number;
}) {
  return (
    <Control {...control}>
      {(tied) => (
        <input
          {...tied}
          class={isCode ? 'input code' : 'input'}
          value={value}
          placeholder={placeholder}
          list={list}
          maxLength={maxLength}
          spellcheck={!isCode}
          aria-invalid={control.fault !== undefined}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    </Control>
  );
}
