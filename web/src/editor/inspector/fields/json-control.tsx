import type { FlowNodeInput } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { texts } from '../../editor-texts.js';
import { AreaControl } from './area-control.js';
import type { ControlProps } from './control.js';

type Body = Extract<FlowNodeInput, { type: 'integration' }>['data']['body'];

const write = (value: Body) => (value === undefined ? '' : JSON.stringify(value, null, 2));

/**
 * A JSON value, written as such. What is not yet JSON stays in the field, with what is wrong; the
 * flow keeps the last value that was.
 */
export function JsonControl({
  value,
  onChange,
  fault,
  ...control
}: ControlProps & { value: Body; onChange: (value: Body) => void }) {
  const typed = useSignal(write(value));
  const told = useRef(value);
  const wrong = useSignal<string | undefined>(undefined);
  if (JSON.stringify(told.current) !== JSON.stringify(value)) {
    // Changed elsewhere, as by undo.
    told.current = value;
    typed.value = write(value);
    wrong.value = undefined;
  }
  const read = (text: string) => {
    typed.value = text;
    try {
      const next = text.trim() === '' ? undefined : (JSON.parse(text) as Body);
      told.current = next;
      wrong.value = undefined;
      onChange(next);
    } catch (error) {
      wrong.value = texts.notJson(error instanceof Error ? error.message : '');
    }
  };
  return (
    <AreaControl
      {...control}
      fault={wrong.value ?? fault}
      isCode
      rows={6}
      value={typed.value}
      onInput={read}
    />
  );
}
