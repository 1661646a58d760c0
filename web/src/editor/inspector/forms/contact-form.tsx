import type { DataInputOf } from '@crmflow/contracts';
import { contactFields } from '@crmflow/contracts/kinds';
import { useId } from 'preact/hooks';
import { texts } from '../../editor-texts.js';
import { CodeCell } from '../code/code-control.js';
import type { NodeEdit } from '../edit.js';
import { Cell } from '../fields/cell.js';
import { RowsControl } from '../fields/rows-control.js';
import { readValue, writeValue } from '../value-text.js';

/** Which fields of the contact get which values. */
export function ContactForm({
  data,
  edit,
}: {
  data: DataInputOf<'contact'>;
  edit: NodeEdit<'contact'>;
}) {
  const known = useId();
  return (
    <>
      <datalist id={known}>
        {contactFields.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <RowsControl
        label={texts.contact.fields}
        field="set"
        addLabel={texts.contact.add}
        rows={data.set ?? []}
        blank={() => ({ name: '', value: '' })}
        onChange={(rows) => edit.set('set', { set: rows })}
        row={(one, set) => (
          <>
            <Cell
              label={texts.contact.field}
              isCode
              list={known}
              value={one.name}
              onInput={(name) => set({ ...one, name })}
            />
            <CodeCell
              label={texts.form.value}
              mode="template"
              value={writeValue(one.value)}
              onInput={(text) => set({ ...one, value: readValue(text) })}
            />
          </>
        )}
      />
      <p class="small muted">{texts.contact.hint}</p>
    </>
  );
}
