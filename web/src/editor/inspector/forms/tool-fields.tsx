import type { JsonObject } from '@crmflow/contracts';
import { texts } from '../../editor-texts.js';
import { Cell } from '../fields/cell.js';
import type { DataInputOf } from '@crmflow/contracts';
import { RowsControl } from '../fields/rows-control.js';
import { SelectControl } from '../fields/select-control.js';
import { SwitchControl } from '../fields/switch-control.js';
import { SchemaControl } from '../schema/lazy-schema-control.js';
import { useTools } from '../tools.js';

type Tool = NonNullable<DataInputOf<'ai'>['tools']>[number];
type IntegrationTool = Extract<Tool, { kind: 'integration' }>;

/** A name that a model can call something by. */
const nameFor = (label: string) =>
  label
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^[_0-9]+|(?<!_)_+$/g, '')
    .toLowerCase()
    .slice(0, 63);

function IntegrationFields({
  tool,
  at,
  set,
}: {
  tool: IntegrationTool;
  at: number;
  set: (tool: IntegrationTool) => void;
}) {
  const integrations = useTools().integrations.value;
  const choose = (node: string) => {
    const label = integrations.find(({ id }) => id === node)?.label ?? '';
    set({ ...tool, node, name: tool.name || nameFor(label) });
  };
  const isGone = tool.node && !integrations.some(({ id }) => id === tool.node);
  return (
    <div class="control-rows">
      <SelectControl
        label={texts.modelTools.integration}
        value={tool.node ?? ''}
        options={[
          {
            value: '',
            label: integrations.length > 0 ? texts.modelTools.choose : texts.modelTools.noneYet,
          },
          ...integrations.map(({ id, label }) => ({ value: id, label })),
          ...(isGone ? [{ value: tool.node ?? '', label: texts.modelTools.gone }] : []),
        ]}
        onChange={choose}
      />
      <Cell
        label={texts.modelTools.name}
        value={tool.name ?? ''}
        onInput={(name) => set({ ...tool, name: name.replace(/\W/g, '_').slice(0, 63) })}
      />
      <Cell
        rows={2}
        label={texts.modelTools.description}
        value={tool.description ?? ''}
        onInput={(description) => set({ ...tool, description })}
      />
      <SchemaControl
        label={texts.modelTools.parameters}
        field={`tools[${at}].parameters`}
        schema={tool.parameters as JsonObject | undefined}
        onChange={(parameters) => {
          const { parameters: _, ...rest } = tool;
          set(parameters ? { ...rest, parameters } : rest);
        }}
      />
    </div>
  );
}

/** What the model of a node may call by itself. */
export function ToolFields({
  tools,
  onChange,
}: {
  tools: readonly Tool[];
  onChange: (tools: Tool[] | undefined) => void;
}) {
  const change = (next: Tool[]) => onChange(next.length > 0 ? next : undefined);
  const integrations = tools.filter((tool) => tool.kind === 'integration');
  const searches = tools.filter((tool) => tool.kind === 'knowledge');
  return (
    <>
      <SwitchControl
        label={texts.modelTools.search}
        value={searches.length > 0}
        onChange={(isOn) =>
          change([...integrations, ...(isOn ? [{ kind: 'knowledge' } as const] : [])])
        }
      />
      <RowsControl
        label={texts.modelTools.title}
        field="tools"
        addLabel={texts.modelTools.add}
        rows={integrations}
        blank={(): IntegrationTool => ({
          kind: 'integration',
          node: '',
          name: '',
          description: '',
        })}
        onChange={(rows) => change([...rows, ...searches])}
        row={(tool, set, at) => <IntegrationFields tool={tool} set={set} at={at} />}
      />
      {integrations.length > 0 && <p class="small muted">{texts.modelTools.hint}</p>}
    </>
  );
}
