import { texts } from '../../editor-texts.js';
import type { DataInputOf } from '@crmflow/contracts';
import type { NodeEdit } from '../edit.js';
import { CodeControl } from '../code/code-control.js';
import { SelectControl } from '../fields/select-control.js';
import { CallTimeFields } from './call-time-fields.js';

type Props = { data: DataInputOf<'speak'>; edit: NodeEdit<'speak'> };

function Wording({ data, edit }: Props) {
  return (
    <SelectControl
      label={texts.form.mode}
      field="mode"
      value={data.mode ?? 'text'}
      options={[
        { value: 'text', label: texts.form.verbatim },
        { value: 'ai', label: texts.form.naturally },
      ]}
      onChange={(next) => edit.set('mode', { mode: next })}
    />
  );
}

function Text({ label, rows, data, edit }: Props & { label: string; rows: number }) {
  return (
    <CodeControl
      label={label}
      field="text"
      hint={texts.form.templateHint}
      mode="template"
      isProse
      value={data.text ?? ''}
      rows={rows}
      onInput={(text) => edit.set('text', { text })}
    />
  );
}

function Times({ data, edit }: Props) {
  if (data.mode !== 'ai') return null;
  return (
    <CallTimeFields
      data={data}
      timeoutHint={texts.form.modelTimeoutHint}
      retryHint={texts.form.retryForRunHint}
      onChange={edit.set}
    />
  );
}

/** What is said, and how. */
export function SpeakForm({ data, edit }: Props) {
  const label = data.mode === 'ai' ? texts.form.gist : texts.form.text;
  return (
    <>
      <Wording data={data} edit={edit} />
      <Text label={label} rows={5} data={data} edit={edit} />
      <Times data={data} edit={edit} />
    </>
  );
}

/** What is asked, and how; the form of the reply follows. */
export function QuestionForm({ data, edit }: Props) {
  return (
    <>
      <Text label={texts.form.question} rows={4} data={data} edit={edit} />
      <Wording data={data} edit={edit} />
      <Times data={data} edit={edit} />
    </>
  );
}
