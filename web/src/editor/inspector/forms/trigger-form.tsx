import { texts } from '../../editor-texts.js';
import type { DataInputOf } from '@crmflow/contracts';
import type { NodeEdit } from '../edit.js';
import { SelectControl } from '../fields/select-control.js';

/** What starts the conversation. */
export function TriggerForm({
  data,
  edit,
}: {
  data: DataInputOf<'trigger'>;
  edit: NodeEdit<'trigger'>;
}) {
  const kinds = ['chat', 'manual', 'webhook', 'schedule'] as const;
  return (
    <SelectControl
      label={texts.form.starts}
      field="kind"
      value={data.kind ?? 'manual'}
      options={kinds.map((kind) => ({ value: kind, label: texts.trigger[kind] }))}
      onChange={(kind) => edit.set('kind', { kind })}
    />
  );
}
