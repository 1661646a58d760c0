import type { JsonObject } from '@crmflow/contracts';
import { texts } from '../../editor-texts.js';
import { CodeControl } from '../code/code-control.js';
import type { DataInputOf } from '@crmflow/contracts';
import type { NodeEdit } from '../edit.js';
import { DurationControl } from '../fields/duration-control.js';
import { NumberControl } from '../fields/number-control.js';
import { TextControl } from '../fields/text-control.js';
import { SchemaControl } from '../schema/lazy-schema-control.js';

type Converse = NonNullable<DataInputOf<'ai'>['converse']>;

const usualTurns = 20;

/** What a conversation is for, what it collects, and how long it may take. */
export function ConverseFields({
  data,
  converse,
  edit,
}: {
  data: DataInputOf<'ai'>;
  converse: Converse;
  edit: NodeEdit<'ai'>;
}) {
  const set = (field: string, change: { [K in keyof Converse]?: Converse[K] | undefined }) => {
    const next = Object.entries({ ...converse, ...change });
    const known = Object.fromEntries(next.filter(([, value]) => value !== undefined));
    edit.set(`converse.${field}`, { converse: known });
  };
  return (
    <>
      <CodeControl
        label={texts.converse.goal}
        field="converse.goal"
        mode="template"
        isProse
        hint={texts.converse.goalHint}
        rows={3}
        value={converse.goal ?? ''}
        onInput={(goal) => set('goal', { goal })}
      />
      <CodeControl
        label={texts.converse.how}
        field="prompt"
        mode="template"
        isProse
        hint={texts.converse.howHint}
        rows={3}
        value={data.prompt ?? ''}
        onInput={(prompt) => edit.set('prompt', { prompt })}
      />
      <SchemaControl
        label={texts.converse.collect}
        field="converse.collect"
        schema={converse.collect as JsonObject | undefined}
        onChange={(collect) => set('collect', { collect })}
      />
      <TextControl
        label={texts.form.saveAs}
        field="saveAs"
        maxLength={64}
        hint={converse.collect ? texts.form.variableHint : texts.converse.summaryHint}
        isCode
        value={data.saveAs ?? ''}
        onInput={(saveAs) => edit.set('saveAs', { saveAs: saveAs || undefined })}
      />
      <NumberControl
        label={texts.converse.turns}
        field="converse.maxTurns"
        hint={texts.converse.turnsHint}
        min={1}
        max={100}
        value={converse.maxTurns ?? usualTurns}
        onChange={(maxTurns) => set('maxTurns', { maxTurns: maxTurns ?? usualTurns })}
      />
      <DurationControl
        label={texts.converse.timeout}
        field="converse.timeout"
        hint={texts.converse.timeoutHint}
        value={converse.timeout ?? ''}
        onChange={(timeout) => set('timeout', { timeout: timeout || undefined })}
      />
    </>
  );
}
