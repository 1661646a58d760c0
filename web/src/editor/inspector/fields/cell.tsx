/** An input of a row, whose label only those hear who do not see the row. */
export function Cell({
  label,
  value,
  onInput,
  isCode = false,
}: {
  label: string;
  value: string;
  onInput: (text: string) => void;
  isCode?: boolean;
}) {
  return (
    <input
      class={isCode ? 'input code' : 'input'}
      aria-label={label}
      placeholder={label}
      value={value}
      spellcheck={!isCode}
      onInput={(event) => onInput(event.currentTarget.value)}
    />
  );
}
