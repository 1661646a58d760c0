import { useSignal } from '@preact/signals';
import { texts } from '../../editor-texts.js';

/** The name of a field. One that is empty or taken stays in the input, and out of the schema. */
export function NameCell({
  name,
  taken,
  onRename,
}: {
  name: string;
  taken: readonly string[];
  onRename: (name: string) => void;
}) {
  const typed = useSignal<string | undefined>(undefined);
  const shown = typed.value ?? name;
  const isWrong = shown === '' || (shown !== name && taken.includes(shown));
  return (
    <input
      class="input code"
      aria-label={texts.schema.name}
      placeholder={texts.schema.name}
      aria-invalid={isWrong}
      title={isWrong && shown !== '' ? texts.schema.taken : undefined}
      maxLength={200}
      spellcheck={false}
      value={shown}
      onInput={({ currentTarget: { value } }) => {
        typed.value = value;
        if (value !== '' && !taken.includes(value)) onRename(value);
      }}
      onBlur={() => (typed.value = undefined)}
    />
  );
}
