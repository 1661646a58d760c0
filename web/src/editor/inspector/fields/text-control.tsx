import { Control, type ControlProps } from './control.js';

/** A line of text, or several. */
export function TextControl({
  value,
  onInput,
  placeholder,
  isCode = false,
  rows,
  list,
  maxLength,
  ...control
}: ControlProps & {
  value: string;
  onInput: (text: string) => void;
  placeholder?: string;
  isCode?: boolean;
  /** How many lines are seen; a single line without it. */
  rows?: number;
  /** Id of a datalist with what one may mean, for a single line. */
  list?: string;
  maxLength?: number;
}) {
  return (
    <Control {...control}>
      {(tied) => {
        const shared = {
          ...tied,
          class: isCode ? 'input code' : 'input',
          value,
          placeholder,
          maxLength,
          spellcheck: !isCode,
          'aria-invalid': control.fault !== undefined,
          onInput: (event: { currentTarget: { value: string } }) =>
            onInput(event.currentTarget.value),
        };
        return rows === undefined ? (
          <input {...shared} list={list} />
        ) : (
          <textarea {...shared} rows={rows} />
        );
      }}
    </Control>
  );
}
