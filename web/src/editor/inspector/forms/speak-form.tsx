import { texts } from '../../editor-texts.js';
import type { DataInputOf } from '@crmflow/contracts';
import type { NodeEdit } from '../edit.js';
import { CodeControl } from '../code/code-control.js';
import { SelectControl } from '../fields/select-control.js';
import { CallTimeFields } from './call-time-fields.js';

/** What is said, and how. */
export function SpeakForm({ data, edit }: { data: DataInputOf<'speak'>; edit: NodeEdit<'speak'> }) {
  const mode = data.mode ?? 'text';
  return (
    <>
      <SelectControl
        label={texts.form.mode}
        field="mode"
        value={mode}
        options={[
          { value: 'text', label: texts.form.verbatim },
          { value: 'ai', label: texts.form.naturally },
        ]}
        onChange={(next) => edit.set('mode', { mode: next })}
      />
      <CodeControl
        label={mode === 'ai' ? texts.form.gist : texts.form.text}
        field="text"
        hint={texts.form.templateHint}
        mode="template"
        isProse
        value={data.text ?? ''}
        rows={5}
        onInput={(text) => edit.set('text', { text })}
      />
      {mode === 'ai' && (
        <CallTimeFields
          data={data}
          timeoutHint={texts.form.modelTimeoutHint}
          retryHint={texts.form.retryForRunHint}
          onChange={edit.set}
        />
      )}
    </>
  );
}
