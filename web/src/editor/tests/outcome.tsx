import type { FlowNodeInput, FlowTest, Json, TestFailure } from '@crmflow/contracts';
import { runStatuses } from '@crmflow/contracts/kinds';
import { texts as shared } from '../../texts.js';
import { labelOf } from '../canvas/kinds.js';
import { texts } from '../editor-texts.js';
import { Cell } from '../inspector/fields/cell.js';
import { RowsControl } from '../inspector/fields/rows-control.js';
import { SelectControl } from '../inspector/fields/select-control.js';
import { Failures } from './failures.js';

type Assert = FlowTest['assert'];

/** A value as it is typed: a text as such, a number, true, false and lists as JSON. */
const asText = (value: Json) => (typeof value === 'string' ? value : JSON.stringify(value));

function asValue(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

function NodeSelect({
  label,
  nodes,
  value,
  onChange,
}: {
  label: string;
  nodes: readonly FlowNodeInput[];
  value: string;
  onChange: (id: string) => void;
}) {
  return (
    <select
      class="input"
      aria-label={label}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    >
      {!nodes.some(({ id }) => id === value) && <option value={value}>{value}</option>}
      {nodes.map((node) => (
        <option key={node.id} value={node.id} selected={node.id === value}>
          {labelOf(node)}
        </option>
      ))}
    </select>
  );
}

/** What has to be true at the end of a test. */
export function Outcome({
  assert,
  nodes,
  failures,
  onChange,
  onShow,
  labelOf: nameOf,
}: {
  assert: Assert;
  nodes: readonly FlowNodeInput[];
  failures: readonly TestFailure[];
  onChange: (assert: Assert) => void;
  onShow: (nodeId: string) => void;
  labelOf: (nodeId: string) => string;
}) {
  const words = texts.tests;
  const set = (change: { [K in keyof Assert]: Assert[K] | undefined }) => {
    const next = Object.entries({ ...assert, ...change }).filter(([, one]) => one !== undefined);
    onChange(Object.fromEntries(next));
  };
  const none = <T extends object>(value: T) => (Object.keys(value).length > 0 ? value : undefined);
  const atEnd = failures.filter(({ step }) => step === undefined);
  const [first] = nodes;
  return (
    <section class="test-part" aria-label={words.end}>
      <h2>{words.end}</h2>
      {atEnd.length > 0 && <Failures failures={atEnd} onShow={onShow} labelOf={nameOf} />}
      <SelectControl
        label={words.endStatus}
        value={assert.status ?? ''}
        options={[
          { value: '', label: words.anyStatus },
          ...runStatuses.map((value) => ({ value, label: shared.runStatuses[value] })),
        ]}
        onChange={(status) => set({ status: status === '' ? undefined : status })}
      />
      <RowsControl
        label={words.endVariables}
        addLabel={words.addVariable}
        rows={Object.entries(assert.variables ?? {})}
        blank={(): [string, Json] => ['', '']}
        onChange={(rows) => set({ variables: none(Object.fromEntries(rows)) })}
        row={([name, value], change) => (
          <>
            <Cell
              label={words.variableName}
              isCode
              value={name}
              onInput={(next) => change([next, value])}
            />
            <Cell
              label={words.variableValue}
              value={asText(value)}
              onInput={(next) => change([name, asValue(next)])}
            />
          </>
        )}
      />
      <RowsControl
        label={words.never}
        addLabel={words.addNever}
        rows={assert.never ?? []}
        blank={() => first?.id ?? ''}
        onChange={(never) => set({ never: none(never) })}
        row={(id, change) => (
          <NodeSelect label={words.neverNode} nodes={nodes} value={id} onChange={change} />
        )}
      />
      <RowsControl
        label={words.visits}
        addLabel={words.addVisits}
        rows={Object.entries(assert.visits ?? {})}
        blank={(): [string, number] => [
          nodes.find(({ id }) => !Object.hasOwn(assert.visits ?? {}, id))?.id ?? '',
          1,
        ]}
        onChange={(rows) => set({ visits: none(Object.fromEntries(rows)) })}
        row={([id, count], change) => (
          <>
            <NodeSelect
              label={words.visitsNode}
              nodes={nodes}
              value={id}
              onChange={(next) => change([next, count])}
            />
            <input
              class="input"
              type="number"
              min={0}
              step={1}
              aria-label={words.visitsCount}
              value={count}
              onInput={({ currentTarget }) =>
                change([id, Math.max(0, Math.trunc(currentTarget.valueAsNumber || 0))])
              }
            />
          </>
        )}
      />
    </section>
  );
}
