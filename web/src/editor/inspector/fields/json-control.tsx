import type { Json } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { Button } from '../../../ui/button.js';
import { CodeInput } from '../code/code-input.js';
import { texts } from '../../editor-texts.js';
import { Control, type ControlProps } from './control.js';

const write = (value: Json | undefined) =>
  value === undefined ? '' : JSON.stringify(value, null, 2);

/**
 * A JSON value, written as such. What is not yet JSON stays in the field, with what is wrong; the
 * flow keeps the last value that was.
 */
export function JsonControl({
  value,
  onChange,
  ...control
}: ControlProps & {
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
}) {
  const typed = useSignal(write(value));
  const sent = useRef(value);
  const wrong = useSignal<string | undefined>(undefined);
  if (JSON.stringify(sent.current) !== JSON.stringify(value)) {
    // Changed elsewhere, as by undo.
    sent.current = value;
    typed.value = write(value);
    wrong.value = undefined;
  }
  const read = (text: string) => {
    typed.value = text;
    try {
      const next = text.trim() === '' ? undefined : (JSON.parse(text) as Json);
      sent.current = next;
      wrong.value = undefined;
      onChange(next);
    } catch (error) {
      wrong.value = texts.notJson(error instanceof Error ? error.message : '');
    }
  };
  const pretty = write(value);
  return (
    <div class="json-control">
      <Control {...control} fault={wrong.value ?? control.fault}>
        {(tied) => (
          <CodeInput
            id={tied.id}
            describedBy={tied['aria-describedby']}
            mode="template"
            rows={5}
            value={typed.value}
            isInvalid={wrong.value !== undefined}
            onInput={read}
          />
        )}
      </Control>
      {wrong.value === undefined && typed.value !== pretty && (
        <div>
          <Button size="small" onClick={() => (typed.value = pretty)}>
            {texts.form.format}
          </Button>
        </div>
      )}
    </div>
  );
}
