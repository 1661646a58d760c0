import type { Json } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { texts } from '../editor-texts.js';
import { Control, type ControlProps } from '../inspector/fields/control.js';

const write = (value: Json | undefined) =>
  value === undefined ? '' : JSON.stringify(value, null, 2);

/** A JSON value, written as such. What is not yet JSON stays in the field, with what is wrong. */
export function JsonField({
  value,
  rows = 4,
  onChange,
  ...control
}: ControlProps & {
  value: Json | undefined;
  rows?: number;
  onChange: (value: Json | undefined) => void;
}) {
  const typed = useSignal(write(value));
  const sent = useRef(write(value));
  const wrong = useSignal<string | undefined>(undefined);
  if (sent.current !== write(value)) {
    // Changed elsewhere, as by the form.
    sent.current = write(value);
    typed.value = sent.current;
    wrong.value = undefined;
  }
  const read = (text: string) => {
    typed.value = text;
    try {
      const next = text.trim() === '' ? undefined : (JSON.parse(text) as Json);
      sent.current = write(next);
      wrong.value = undefined;
      onChange(next);
    } catch (error) {
      wrong.value = texts.notJson(error instanceof Error ? error.message : '');
    }
  };
  return (
    <Control {...control} fault={wrong.value ?? control.fault}>
      {(tied) => (
        <textarea
          {...tied}
          class="input code"
          rows={rows}
          spellcheck={false}
          value={typed.value}
          aria-invalid={wrong.value !== undefined}
          onInput={({ currentTarget }) => read(currentTarget.value)}
        />
      )}
    </Control>
  );
}
