import { texts } from '../../editor-texts.js';
import type { DataInputOf } from '@crmflow/contracts';
import { expectations } from '@crmflow/contracts/kinds';
import type { NodeEdit } from '../edit.js';
import { CodeControl } from '../code/code-control.js';
import { Cell } from '../fields/cell.js';
import { DurationControl } from '../fields/duration-control.js';
import { NumberControl } from '../fields/number-control.js';
import { RowsControl } from '../fields/rows-control.js';
import { SelectControl } from '../fields/select-control.js';
import { TextControl } from '../fields/text-control.js';

type Props = { data: DataInputOf<'listen'>; edit: NodeEdit<'listen'> };

function Expectation({ data, edit }: Props) {
  const expect = data.expect ?? 'any';
  const hints: { [kind: string]: string | undefined } = texts.form.expectHints;
  const hint = hints[expect];
  return (
    <>
      <SelectControl
        label={texts.form.expects}
        field="expect"
        value={expect}
        {...(hint && { hint })}
        options={expectations.map((kind) => ({ value: kind, label: texts.expect[kind] }))}
        onChange={(next) => edit.set('expect', { expect: next })}
      />
      {expect === 'choice' && (
        <RowsControl
          label={texts.form.choices}
          field="choices"
          addLabel={texts.form.addChoice}
          rows={data.choices ?? []}
          blank={() => ({ value: '', label: '' })}
          onChange={(choices) => edit.set('choices', { choices })}
          row={(choice, set) => (
            <>
              <Cell
                label={texts.form.choiceLabel}
                value={choice.label}
                onInput={(label) => set({ ...choice, label })}
              />
              <Cell
                label={texts.form.choiceValue}
                value={choice.value}
                onInput={(value) => set({ ...choice, value })}
              />
            </>
          )}
        />
      )}
      {expect === 'pattern' && (
        <TextControl
          label={texts.form.pattern}
          field="pattern"
          hint={texts.form.patternHint}
          isCode
          value={data.pattern ?? ''}
          onInput={(pattern) => edit.set('pattern', { pattern })}
        />
      )}
    </>
  );
}

function Retries({ data, edit }: Props) {
  return (
    <>
      <NumberControl
        label={texts.form.retries}
        field="retries"
        hint={texts.form.retriesHint}
        min={0}
        max={20}
        value={data.retries}
        onChange={(retries) => edit.set('retries', { retries })}
      />
      {data.retries !== 0 && (
        <CodeControl
          label={texts.form.retryText}
          field="retryText"
          hint={texts.form.retryTextHint}
          mode="template"
          isProse
          rows={2}
          value={data.retryText ?? ''}
          onInput={(retryText) => edit.set('retryText', { retryText: retryText || undefined })}
        />
      )}
    </>
  );
}

function Patience({ data, edit }: Props) {
  return (
    <>
      {data.expect !== 'callback' && <Retries data={data} edit={edit} />}
      <DurationControl
        label={texts.form.timeout}
        field="timeout"
        hint={texts.form.timeoutHint}
        value={data.timeout ?? ''}
        onChange={(timeout) => edit.set('timeout', { timeout: timeout || undefined })}
      />
      <RowsControl
        label={texts.form.reminders}
        field="reminders"
        addLabel={texts.form.addReminder}
        rows={data.reminders ?? []}
        blank={() => ({ after: 'P1D', text: '' })}
        onChange={(reminders) => edit.set('reminders', { reminders })}
        row={(reminder, set) => (
          <div class="control-rows">
            <DurationControl
              label={texts.form.reminderAfter}
              value={reminder.after}
              onChange={(after) => set({ ...reminder, after })}
            />
            <CodeControl
              label={texts.form.reminderText}
              mode="template"
              isProse
              rows={2}
              value={reminder.text}
              onInput={(text) => set({ ...reminder, text })}
            />
          </div>
        )}
      />
    </>
  );
}

/** What is awaited, where it goes, and how long. */
export function ListenForm({ data, edit }: Props) {
  return (
    <>
      <Expectation data={data} edit={edit} />
      <TextControl
        label={texts.form.variable}
        field="variable"
        maxLength={64}
        hint={texts.form.variableHint}
        isCode
        value={data.variable ?? ''}
        onInput={(variable) => edit.set('variable', { variable })}
      />
      <Patience data={data} edit={edit} />
    </>
  );
}
