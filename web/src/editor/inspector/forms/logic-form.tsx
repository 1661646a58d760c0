import type { DataInputOf, KindId } from '@crmflow/contracts';
import { nodeKinds } from '@crmflow/contracts/nodes';
import { texts } from '../../editor-texts.js';
import { newFlowId } from '../../new-flow-id.js';
import type { NodeEdit } from '../edit.js';
import { CodeCell, CodeControl } from '../code/code-control.js';
import { Cell } from '../fields/cell.js';
import { DurationControl } from '../fields/duration-control.js';
import { RowsControl } from '../fields/rows-control.js';
import { SelectControl } from '../fields/select-control.js';
import { SwitchControl } from '../fields/switch-control.js';
import { readValue, writeValue } from '../value-text.js';

type Kind = 'branch' | 'set' | 'wait';

type FormProps<K extends KindId> = { data: DataInputOf<K>; edit: NodeEdit<K> };

/** Chooses what a logic node does; another choice begins it again. */
function KindControl({ kind, edit }: { kind: Kind | ''; edit: Pick<NodeEdit, 'replace'> }) {
  return (
    <SelectControl<Kind | ''>
      label={texts.form.does}
      field="kind"
      value={kind}
      options={[
        ...(kind ? [] : [{ value: '' as const, label: texts.form.choose }]),
        { value: 'branch', label: texts.form.branches },
        { value: 'set', label: texts.form.sets },
        { value: 'wait', label: texts.form.waiting },
      ]}
      onChange={(next) => next !== '' && edit.replace(structuredClone(nodeKinds[next].defaults))}
    />
  );
}

function Branch({ data, edit }: FormProps<'branch'>) {
  const cases = data.cases ?? [];
  return (
    <RowsControl
      label={texts.form.cases}
      field="cases"
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
        edit.set('cases', { cases: next }, renamed);
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

function Assignments({ data, edit }: FormProps<'set'>) {
  return (
    <RowsControl
      label={texts.form.assign}
      field="assign"
      addLabel={texts.form.addAssign}
      rows={data.assign ?? []}
      blank={() => ({ name: '', value: '' })}
      onChange={(assign) => edit.set('assign', { assign })}
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

function Wait({ data, edit }: FormProps<'wait'>) {
  const { officeHours } = data;
  const isForHours = officeHours && data.until === undefined && data.duration === undefined;
  const way = data.until !== undefined ? 'until' : isForHours ? 'hours' : 'duration';
  const kept = officeHours && { officeHours };
  return (
    <>
      <SelectControl
        label={texts.form.waits}
        hint={way === 'hours' ? texts.form.waitHoursHint : undefined}
        value={way}
        options={[
          { value: 'duration', label: texts.form.waitFor },
          { value: 'until', label: texts.form.waitUntil },
          { value: 'hours', label: texts.form.waitHours },
        ]}
        onChange={(next) =>
          edit.replace({
            kind: 'wait',
            ...(next === 'hours' ? { officeHours: true } : kept),
            ...(next === 'until' && { until: '' }),
            ...(next === 'duration' && { duration: 'PT1H' }),
          })
        }
      />
      {way === 'until' && (
        <CodeControl
          label={texts.form.instant}
          field="until"
          hint={texts.form.instantHint}
          mode="template"
          isSingleLine
          value={data.until ?? ''}
          onInput={(until) => edit.set('until', { until })}
        />
      )}
      {way === 'duration' && (
        <DurationControl
          label={texts.form.length}
          field="duration"
          value={data.duration ?? ''}
          onChange={(duration) => edit.set('duration', { duration })}
        />
      )}
      {way !== 'hours' && (
        <SwitchControl
          label={texts.form.waitOnlyInHours}
          value={officeHours ?? false}
          onChange={(on) => edit.set('officeHours', { officeHours: on || undefined })}
        />
      )}
    </>
  );
}

/** Which way the flow goes. */
export function BranchForm(props: FormProps<'branch'>) {
  return (
    <>
      <KindControl kind="branch" edit={props.edit} />
      <Branch {...props} />
    </>
  );
}

/** Which variables get which values. */
export function SetForm(props: FormProps<'set'>) {
  return (
    <>
      <KindControl kind="set" edit={props.edit} />
      <Assignments {...props} />
    </>
  );
}

/** How long it waits. */
export function WaitForm(props: FormProps<'wait'>) {
  return (
    <>
      <KindControl kind="wait" edit={props.edit} />
      <Wait {...props} />
    </>
  );
}

/** What a logic node does, where that was not chosen yet. */
export function LogicForm({ edit }: { edit: Pick<NodeEdit, 'replace'> }) {
  return <KindControl kind="" edit={edit} />;
}
