import type { JsonObject } from '@crmflow/contracts';
import { texts } from '../../editor-texts.js';
import type { DataOf, NodeEdit } from '../edit.js';
import { CodeControl } from '../code/code-control.js';
import { NumberControl } from '../fields/number-control.js';
import { SelectControl } from '../fields/select-control.js';
import { SwitchControl } from '../fields/switch-control.js';
import { TextControl } from '../fields/text-control.js';
import { useFieldFaults } from '../node-faults.js';
import { lazily } from '../lazily.js';
import type { KnowledgeFieldsProps } from './knowledge-fields.js';
import type { SchemaControlProps } from '../schema/schema-control.js';

const SchemaControl = lazily<SchemaControlProps>(
  async () => (await import('../schema/schema-control.js')).SchemaControl,
);

const KnowledgeFields = lazily<KnowledgeFieldsProps>(
  async () => (await import('./knowledge-fields.js')).KnowledgeFields,
);

/** What the model is asked, and where its answer goes. */
export function AiForm({ data, edit }: { data: DataOf<'ai'>; edit: NodeEdit<'ai'> }) {
  const output = data.output ?? 'message';
  return (
    <>
      <CodeControl
        label={texts.form.prompt}
        mode="template"
        isProse
        hint={texts.form.templateHint}
        rows={5}
        value={data.prompt ?? ''}
        onInput={(prompt) => edit.set('prompt', { prompt })}
      />
      <SelectControl
        label={texts.form.output}
        value={output}
        options={(['message', 'variable', 'both'] as const).map((value) => ({
          value,
          label: texts.output[value],
        }))}
        onChange={(next) => edit.set('output', { output: next })}
      />
      {output !== 'message' && (
        <TextControl
          label={texts.form.saveAs}
          maxLength={64}
          hint={texts.form.variableHint}
          isCode
          value={data.saveAs ?? ''}
          onInput={(saveAs) => edit.set('saveAs', { saveAs })}
        />
      )}
      {(output !== 'message' || data.schema) && (
        <SchemaControl
          schema={data.schema as JsonObject | undefined}
          onChange={(schema) => edit.set('schema', { schema })}
        />
      )}
      <SwitchControl
        label={texts.knowledge.use}
        value={data.useKnowledge ?? false}
        onChange={(useKnowledge) => edit.set('useKnowledge', { useKnowledge })}
      />
      {data.useKnowledge && (
        <KnowledgeFields
          chosen={data.knowledge}
          onChange={(knowledge) => edit.set('knowledge', { knowledge })}
        />
      )}
      <SwitchControl
        label={texts.form.personality}
        value={data.usePersonality ?? false}
        onChange={(usePersonality) => edit.set('usePersonality', { usePersonality })}
      />
      <details open={useFieldFaults('system').length > 0 || undefined}>
        <summary>{texts.form.more}</summary>
        <CodeControl
          label={texts.form.system}
          mode="template"
          isProse
          rows={3}
          value={data.system ?? ''}
          onInput={(system) => edit.set('system', { system: system || undefined })}
        />
        <TextControl
          label={texts.form.model}
          maxLength={100}
          hint={texts.form.modelHint}
          isCode
          value={data.model ?? ''}
          onInput={(model) => edit.set('model', { model: model || undefined })}
        />
        <NumberControl
          label={texts.form.temperature}
          hint={texts.form.temperatureHint}
          min={0}
          max={2}
          step={0.1}
          value={data.temperature}
          onChange={(temperature) => edit.set('temperature', { temperature })}
        />
      </details>
    </>
  );
}
