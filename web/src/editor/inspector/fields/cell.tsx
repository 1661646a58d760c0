/** An input of a row, whose label only those hear who do not see the row. */
export function Cell({
  label,
  value,
  onInput,
  isCode = false,
  list,
  rows,
}: {
  label: string;
  value: string;
  onInput: (text: string) => void;
  isCode?: boolean;
  /** Id of a datalist with what one may mean, for a single line. */
  list?: string;
  /** How many lines are seen; a single line without it. */
  rows?: number;
}) {
  const shared = {
    'aria-label': label,
    placeholder: label,
    value,
    onInput: (event: { currentTarget: { value: string } }) => onInput(event.currentTarget.value),
  };
  if (rows !== undefined) return <textarea {...shared} class="input" rows={rows} />;
  return (
    <input {...shared} list={list} class={isCode ? 'input code' : 'input'} spellcheck={!isCode} />
  );
}
