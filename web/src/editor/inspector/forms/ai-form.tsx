import type { JsonObject } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { texts } from '../../editor-texts.js';
import type { DataInputOf } from '@crmflow/contracts';
import type { NodeEdit } from '../edit.js';
import { CodeControl } from '../code/code-control.js';
import { NumberControl } from '../fields/number-control.js';
import { SelectControl } from '../fields/select-control.js';
import { SwitchControl } from '../fields/switch-control.js';
import { TextControl } from '../fields/text-control.js';
import { useFieldIssues } from '../node-issues.js';
import { lazyPart } from '../../../ui/lazy.js';
import { SchemaControl } from '../schema/lazy-schema-control.js';
import { ConverseFields } from './converse-fields.js';
import { FallbackFields } from './fallback-fields.js';
import type { KnowledgeFieldsProps } from './knowledge-fields.js';
import { ModelControl } from './model-control.js';
import { CallTimeFields } from './call-time-fields.js';
import { ToolFields } from './tool-fields.js';

const KnowledgeFields = lazyPart<KnowledgeFieldsProps>(
  async () => (await import('./knowledge-fields.js')).KnowledgeFields,
);

type Props = { data: DataInputOf<'ai'>; edit: NodeEdit<'ai'> };

/** What is asked once, and where the answer goes. */
function AnswerFields({ data, edit }: Props) {
  const output = data.output ?? 'message';
  return (
    <>
      <CodeControl
        label={texts.form.prompt}
        field="prompt"
        mode="template"
        isProse
        hint={texts.form.templateHint}
        rows={5}
        value={data.prompt ?? ''}
        onInput={(prompt) => edit.set('prompt', { prompt })}
      />
      <SelectControl
        label={texts.form.output}
        field="output"
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
          field="saveAs"
          maxLength={64}
          hint={texts.form.variableHint}
          isCode
          value={data.saveAs ?? ''}
          onInput={(saveAs) => edit.set('saveAs', { saveAs })}
        />
      )}
      {(output !== 'message' || data.schema) && (
        <SchemaControl
          label={texts.schema.use}
          field="schema"
          schema={data.schema as JsonObject | undefined}
          onChange={(schema) => edit.set('schema', { schema })}
        />
      )}
    </>
  );
}

function KnowledgePart({ data, edit }: Props) {
  const searches = data.tools?.some(({ kind }) => kind === 'knowledge') ?? false;
  const quotes = data.fallback?.kind === 'passage';
  return (
    <>
      <SwitchControl
        label={texts.knowledge.use}
        value={data.useKnowledge ?? false}
        onChange={(useKnowledge) => edit.set('useKnowledge', { useKnowledge })}
      />
      {(data.useKnowledge || searches || quotes) && (
        <KnowledgeFields
          chosen={data.knowledge}
          onChange={(knowledge) => edit.set('knowledge', { knowledge })}
        />
      )}
    </>
  );
}

function ModelPart({ data, edit }: Props) {
  return (
    <>
      <CodeControl
        label={texts.form.system}
        field="system"
        mode="template"
        isProse
        rows={3}
        value={data.system ?? ''}
        onInput={(system) => edit.set('system', { system: system || undefined })}
      />
      <ModelControl
        value={data.model ?? ''}
        onInput={(model) => edit.set('model', { model: model || undefined })}
      />
      <NumberControl
        label={texts.form.temperature}
        field="temperature"
        hint={texts.form.temperatureHint}
        min={0}
        max={2}
        step={0.1}
        value={data.temperature}
        onChange={(temperature) => edit.set('temperature', { temperature })}
      />
      <CallTimeFields
        data={data}
        timeoutHint={texts.form.modelTimeoutHint}
        retryHint={texts.form.retryForHint}
        onChange={edit.set}
      />
    </>
  );
}

/** What the model is asked or leads a conversation to, what it may use, and what stands in. */
export function AiForm({ data, edit }: Props) {
  const { converse, tools = [], fallback } = data;
  const toolIssues = useFieldIssues('tools').length > 0;
  const modelIssues = useFieldIssues('system').length > 0;
  // Which models there are is asked of their maker, and only for those who look.
  const isMoreOpen = useSignal(modelIssues);
  return (
    <>
      <SelectControl
        label={texts.form.does}
        value={converse ? 'converse' : 'answer'}
        options={[
          { value: 'answer', label: texts.converse.answers },
          { value: 'converse', label: texts.converse.talks },
        ]}
        onChange={(next) =>
          edit.set(
            'converse',
            next === 'converse'
              ? { converse: { goal: '', maxTurns: 20 }, output: 'message', schema: undefined }
              : { converse: undefined },
          )
        }
      />
      {converse ? (
        <ConverseFields data={data} converse={converse} edit={edit} />
      ) : (
        <AnswerFields data={data} edit={edit} />
      )}
      <KnowledgePart data={data} edit={edit} />
      <SwitchControl
        label={texts.form.personality}
        value={data.usePersonality ?? false}
        onChange={(usePersonality) => edit.set('usePersonality', { usePersonality })}
      />
      <FallbackFields
        fallback={fallback}
        onChange={(next) => edit.set('fallback', { fallback: next })}
      />
      <details open={tools.length > 0 || toolIssues || undefined}>
        <summary>{texts.modelTools.part}</summary>
        <div class="inspector-part">
          <ToolFields tools={tools} onChange={(next) => edit.set('tools', { tools: next })} />
        </div>
      </details>
      <details
        open={modelIssues || undefined}
        onToggle={(event) => (isMoreOpen.value = event.currentTarget.open)}
      >
        <summary>{texts.form.more}</summary>
        {isMoreOpen.value && (
          <div class="inspector-part">
            <ModelPart data={data} edit={edit} />
          </div>
        )}
      </details>
    </>
  );
}
