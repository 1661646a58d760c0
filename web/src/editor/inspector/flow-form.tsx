import { setFlow } from '../commands/flow.js';
import type { Editor } from '../editor.js';
import { texts } from '../editor-texts.js';
import type { FlowRecord } from '../model/record.js';
import { Cell } from './fields/cell.js';
import { RowsControl } from './fields/rows-control.js';
import { TextControl } from './fields/text-control.js';
import { readValue, writeValue } from './value-text.js';

/** What the flow says of itself, shown while no node is selected. */
export function FlowForm({ editor: { document, history } }: { editor: Editor }) {
  const record = document.signalOf('flow').value;
  if (record?.kind !== 'flow') return null;
  const { description, variables } = record;
  const set = (fields: Parameters<typeof setFlow>[1]) =>
    history.run(texts.steps.describe, setFlow(document, fields));
  return (
    <>
      <h2>{texts.flow.title}</h2>
      <TextControl
        rows={3}
        label={texts.flow.description}
        value={description}
        onInput={(text) => set({ description: text })}
      />
      <RowsControl
        label={texts.flow.variables}
        addLabel={texts.flow.addVariable}
        rows={variables}
        blank={() => withDefault(`variable${variables.length + 1}`, '')}
        onChange={(next) => set({ variables: next })}
        row={(variable, change) => (
          <>
            <Cell
              label={texts.form.variableName}
              isCode
              value={variable.name}
              onInput={(name) => change({ ...variable, name })}
            />
            <Cell
              label={texts.flow.startsWith}
              isCode
              value={variable.default === undefined ? '' : writeValue(variable.default)}
              onInput={(text) => change(withDefault(variable.name, text))}
            />
          </>
        )}
      />
    </>
  );
}

function withDefault(name: string, text: string): FlowRecord['variables'][number] {
  return text === '' ? { name } : { name, default: readValue(text) };
}
