/** Some lines of text in a row whose label only those hear who do not see the row. */
export function AreaCell({
  label,
  value,
  onInput,
}: {
  label: string;
  value: string;
  onInput: (text: string) => void;
}) {
  return (
    <textarea
      class="input"
      aria-label={label}
      placeholder={label}
      rows={2}
      value={value}
      onInput={(event) => onInput(event.currentTarget.value)}
    />
  );
}
