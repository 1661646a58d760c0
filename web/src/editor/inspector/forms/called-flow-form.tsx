import type { DataInputOf, FlowSummary, Json, JsonObject } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { allPages } from '../../../api/all-pages.js';
import { asApiError } from '../../../api/as-api-error.js';
import { listFlows } from '../../../api/flows.js';
import { listVersions } from '../../../api/versions.js';
import { texts } from '../../editor-texts.js';
import type { NodeEdit } from '../edit.js';
import { JsonControl } from '../fields/json-control.js';
import { SelectControl } from '../fields/select-control.js';
import { SwitchControl } from '../fields/switch-control.js';
import { TextControl } from '../fields/text-control.js';

type Props = { data: DataInputOf<'flow'>; edit: NodeEdit<'flow'> };

/** What a list has once it was read, and why it could not be. */
type Read<T> = { items: readonly T[] | undefined; failure: string };

/** Reads a list, and again whenever `key` changes; none where that is ''. */
function useList<T>(key: string, read: () => Promise<readonly T[]>): Read<T> {
  const known = useSignal<Read<T>>({ items: undefined, failure: '' });
  useEffect(() => {
    let isCurrent = true;
    const tell = (next: Read<T>) => {
      if (isCurrent) known.value = next;
    };
    tell({ items: undefined, failure: '' });
    if (key !== '') {
      read().then(
        (items) => tell({ items, failure: '' }),
        (error: unknown) => tell({ items: undefined, failure: asApiError(error).message }),
      );
    }
    return () => (isCurrent = false);
  }, [key]);
  return known.value;
}

/** The flows that can be run: those that are published, and the chosen one whatever it is. */
function optionsOf({ items }: Read<FlowSummary>, chosen: string) {
  const flows = (items ?? [])
    .filter(({ id, published }) => published !== undefined || id === chosen)
    .map(({ id, name }) => ({ value: id, label: name }));
  const isKnown = chosen === '' || flows.some(({ value }) => value === chosen);
  const unknown = items === undefined ? '…' : texts.calledFlow.gone;
  return [
    { value: '', label: texts.calledFlow.none },
    ...flows,
    ...(isKnown ? [] : [{ value: chosen, label: unknown }]),
  ];
}

/** Which flow runs, on which version, with what, and whether the run waits for it. */
export function CalledFlowForm({ data, edit }: Props) {
  const { workflowId = '', version = 'latest', wait = true } = data;
  const flows = useList('flows', () => allPages((at) => listFlows({ sort: 'name' }, at)));
  const versions = useList(workflowId, async () => (await listVersions(workflowId, null)).items);
  const numbers = versions.items?.map(({ number }) => number) ?? [];
  const shown = version === 'latest' || numbers.includes(version) ? numbers : [version, ...numbers];
  const failure = flows.failure || versions.failure;
  return (
    <>
      <p class="small muted">{texts.calledFlow.hint}</p>
      <SelectControl
        label={texts.calledFlow.flow}
        field="workflowId"
        value={workflowId}
        options={optionsOf(flows, workflowId)}
        onChange={(next) => edit.set('workflowId', { workflowId: next, version: 'latest' })}
      />
      {failure !== '' && <p class="small fault">{failure}</p>}
      {workflowId !== '' && (
        <>
          <SelectControl
            label={texts.calledFlow.version}
            field="version"
            hint={version === 'latest' ? texts.calledFlow.latestHint : texts.calledFlow.pinnedHint}
            value={String(version)}
            options={[
              { value: 'latest', label: texts.calledFlow.latest },
              ...shown.map((number) => ({
                value: String(number),
                label: texts.calledFlow.number(number),
              })),
            ]}
            onChange={(next) =>
              edit.set('version', { version: next === 'latest' ? 'latest' : Number(next) })
            }
          />
          <p class="small">
            <a href={`/flows/${encodeURIComponent(workflowId)}`} target="_blank" rel="noreferrer">
              {texts.calledFlow.open}
            </a>
          </p>
        </>
      )}
      <JsonControl
        label={texts.calledFlow.input}
        field="input"
        hint={texts.calledFlow.inputHint}
        value={(data.input ?? {}) as Json}
        onChange={(input) => edit.set('input', { input: (input ?? {}) as JsonObject })}
      />
      <SwitchControl
        label={texts.calledFlow.wait}
        value={wait}
        onChange={(next) => edit.set('wait', { wait: next })}
      />
      <TextControl
        label={texts.form.saveAs}
        field="saveAs"
        maxLength={64}
        hint={wait ? texts.calledFlow.saveHint : texts.calledFlow.saveRunHint}
        isCode
        value={data.saveAs ?? ''}
        onInput={(saveAs) => edit.set('saveAs', { saveAs: saveAs || undefined })}
      />
    </>
  );
}
