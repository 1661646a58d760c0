import type { DataInputOf } from '@crmflow/contracts';
import { texts } from '../../editor-texts.js';
import { CodeControl } from '../code/code-control.js';
import type { NodeEdit } from '../edit.js';
import { DurationControl } from '../fields/duration-control.js';
import { SelectControl } from '../fields/select-control.js';
import { TextControl } from '../fields/text-control.js';

type Outside = NonNullable<DataInputOf<'handoff'>['outside']> | 'ignore';

type Props = { data: DataInputOf<'handoff'>; edit: NodeEdit<'handoff'> };

/** What the customer and the team are told, and how long the flow waits for a person. */
export function HandoffForm({ data, edit }: Props) {
  return (
    <>
      <CodeControl
        label={texts.handoff.message}
        field="message"
        hint={texts.handoff.messageHint}
        mode="template"
        isProse
        rows={3}
        value={data.message ?? ''}
        onInput={(message) => edit.set('message', { message: message || undefined })}
      />
      <CodeControl
        label={texts.handoff.note}
        field="note"
        hint={texts.handoff.noteHint}
        mode="template"
        isProse
        rows={3}
        value={data.note ?? ''}
        onInput={(note) => edit.set('note', { note })}
      />
      <TextControl
        label={texts.handoff.team}
        field="team"
        maxLength={100}
        value={data.team ?? ''}
        onInput={(team) => edit.set('team', { team: team || undefined })}
      />
      <DurationControl
        label={texts.form.timeout}
        field="timeout"
        hint={texts.handoff.timeoutHint}
        value={data.timeout ?? ''}
        onChange={(timeout) => edit.set('timeout', { timeout })}
      />
      <SelectControl<Outside>
        label={texts.handoff.outside}
        field="outside"
        hint={texts.handoff.outsideHint[data.outside ?? 'ignore']}
        value={data.outside ?? 'ignore'}
        options={[
          { value: 'ignore', label: texts.handoff.outsideIgnore },
          { value: 'leave', label: texts.handoff.outsideLeave },
          { value: 'wait', label: texts.handoff.outsideWait },
        ]}
        onChange={(outside) =>
          edit.set('outside', { outside: outside === 'ignore' ? undefined : outside })
        }
      />
      {data.outside && (
        <CodeControl
          label={texts.handoff.outsideMessage}
          field="outsideMessage"
          hint={texts.handoff.outsideMessageHint}
          mode="template"
          isProse
          rows={3}
          value={data.outsideMessage ?? ''}
          onInput={(text) => edit.set('outsideMessage', { outsideMessage: text || undefined })}
        />
      )}
      <p class="small muted">{texts.handoff.hint}</p>
    </>
  );
}
