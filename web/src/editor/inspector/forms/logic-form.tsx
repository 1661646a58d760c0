import { texts } from '../../editor-texts.js';
import { newFlowId } from '../../new-flow-id.js';
import type { DataOf, NodeEdit } from '../edit.js';
import { CodeCell, CodeControl } from '../code/code-control.js';
import { Cell } from '../fields/cell.js';
import { DurationControl } from '../fields/duration-control.js';
import { RowsControl } from '../fields/rows-control.js';
import { SelectControl } from '../fields/select-control.js';
import { readValue, writeValue } from '../value-text.js';

type Logic = DataOf<'logic'>;
type Kind = 'branch' | 'set' | 'wait';
type Of<K extends Kind> = Extract<Logic, { kind: K }>;
type Edit = NodeEdit<'logic'>;

const blank: { [K in Kind]: () => Of<K> } = {
  branch: () => ({ kind: 'branch', cases: [{ handle: 'case-1', when: '' }] }),
  set: () => ({ kind: 'set', assign: [{ name: '', value: '' }] }),
  wait: () => ({ kind: 'wait', duration: 'PT1H' }),
};

function Branch({ data, edit }: { data: Of<'branch'>; edit: Edit }) {
  const cases = data.cases ?? [];
  return (
    <RowsControl
      label={texts.form.cases}
      addLabel={texts.form.addCase}
      rows={cases}
      blank={() => ({ handle: `case-${newFlowId().slice(0, 4)}`, when: '' })}
      onChange={(next) => {
        const renamed = new Map<string, string>();
        if (next.length === cases.length) {
          for (const [index, { handle }] of cases.entries()) {
            const now = next[index]?.handle;
            if (now !== undefined && now !== handle) renamed.set(handle, now);
          }
        }
        edit.set('cases', { kind: 'branch', cases: next }, renamed);
      }}
      row={(one, set) => (
        <div class="control-stack">
          <Cell
            label={texts.form.caseName}
            value={one.handle}
            onInput={(handle) => set({ ...one, handle })}
          />
          <CodeCell
            label={texts.form.when}
            mode="condition"
            value={one.when}
            onInput={(when) => set({ ...one, when })}
          />
        </div>
      )}
    />
  );
}

function Assignments({ data, edit }: { data: Of<'set'>; edit: Edit }) {
  return (
    <RowsControl
      label={texts.form.assign}
      addLabel={texts.form.addAssign}
      rows={data.assign ?? []}
      blank={() => ({ name: '', value: '' })}
      onChange={(assign) => edit.set('assign', { kind: 'set', assign })}
      row={(one, set) => (
        <>
          <Cell
            label={texts.form.variableName}
            isCode
            value={one.name}
            onInput={(name) => set({ ...one, name })}
          />
          <CodeCell
            label={texts.form.value}
            mode="template"
            value={writeValue(one.value)}
            onInput={(text) => set({ ...one, value: readValue(text) })}
          />
        </>
      )}
    />
  );
}

function Wait({ data, edit }: { data: Of<'wait'>; edit: Edit }) {
  const isUntil = data.until !== undefined;
  return (
    <>
      <SelectControl
        label={texts.form.waits}
        value={isUntil ? 'until' : 'duration'}
        options={[
          { value: 'duration', label: texts.form.waitFor },
          { value: 'until', label: texts.form.waitUntil },
        ]}
        onChange={(way) =>
          edit.replace(
            way === 'until' ? { kind: 'wait', until: '' } : { kind: 'wait', duration: 'PT1H' },
          )
        }
      />
      {isUntil ? (
        <CodeControl
          label={texts.form.instant}
          hint={texts.form.instantHint}
          mode="template"
          isSingleLine
          value={data.until ?? ''}
          onInput={(until) => edit.set('until', { kind: 'wait', until })}
        />
      ) : (
        <DurationControl
          label={texts.form.length}
          value={data.duration ?? ''}
          onChange={(duration) => edit.set('duration', { kind: 'wait', duration })}
        />
      )}
    </>
  );
}

/** Which way the flow goes, what is remembered, or how long it waits. */
export function LogicForm({ data, edit }: { data: Logic; edit: Edit }) {
  return (
    <>
      <SelectControl<Kind | ''>
        label={texts.form.does}
        value={data.kind ?? ''}
        options={[
          ...(data.kind ? [] : [{ value: '' as const, label: texts.form.choose }]),
          { value: 'branch', label: texts.form.branches },
          { value: 'set', label: texts.form.sets },
          { value: 'wait', label: texts.form.waiting },
        ]}
        onChange={(kind) => kind !== '' && edit.replace(blank[kind]())}
      />
      {data.kind === 'branch' && <Branch data={data} edit={edit} />}
      {data.kind === 'set' && <Assignments data={data} edit={edit} />}
      {data.kind === 'wait' && <Wait data={data} edit={edit} />}
    </>
  );
}
