import { texts } from '../../editor-texts.js';
import type { DataOf, NodeEdit } from '../edit.js';
import { CodeControl } from '../code/code-control.js';
import { NumberControl } from '../fields/number-control.js';
import { SelectControl } from '../fields/select-control.js';
import { SwitchControl } from '../fields/switch-control.js';
import { TextControl } from '../fields/text-control.js';

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
          hint={texts.form.variableHint}
          isCode
          value={data.saveAs ?? ''}
          onInput={(saveAs) => edit.set('saveAs', { saveAs })}
        />
      )}
      <SwitchControl
        label={texts.form.personality}
        value={data.usePersonality ?? false}
        onChange={(usePersonality) => edit.set('usePersonality', { usePersonality })}
      />
      <details>
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
