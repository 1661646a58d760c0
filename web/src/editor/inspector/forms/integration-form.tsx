import { texts } from '../../editor-texts.js';
import type { DataOf, NodeEdit } from '../edit.js';
import { AreaControl } from '../fields/area-control.js';
import { Cell } from '../fields/cell.js';
import { DurationControl } from '../fields/duration-control.js';
import { JsonControl } from '../fields/json-control.js';
import { RowsControl } from '../fields/rows-control.js';
import { SelectControl } from '../fields/select-control.js';
import { TextControl } from '../fields/text-control.js';

type Props = { data: DataOf<'integration'>; edit: NodeEdit<'integration'> };
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'] as const;

/** Named texts, such as headers, as rows. */
function Pairs({
  label,
  addLabel,
  pairs,
  onChange,
}: {
  label: string;
  addLabel: string;
  pairs: { [name: string]: string };
  onChange: (pairs: { [name: string]: string }) => void;
}) {
  return (
    <RowsControl<[string, string]>
      label={label}
      addLabel={addLabel}
      rows={Object.entries(pairs)}
      blank={() => [freeName(pairs), '']}
      onChange={(rows) => onChange(Object.fromEntries(rows))}
      row={([name, value], set) => (
        <>
          <Cell
            label={texts.form.pairName}
            isCode
            value={name}
            onInput={(next) => {
              if (next !== '' && !(next in pairs)) set([next, value]);
            }}
          />
          <Cell
            label={texts.form.value}
            isCode
            value={value}
            onInput={(next) => set([name, next])}
          />
        </>
      )}
    />
  );
}

function freeName(pairs: { [name: string]: string }): string {
  for (let number = 1; ; number += 1) if (!(`name-${number}` in pairs)) return `name-${number}`;
}

/** Which service is called, with what, and where its answer goes. */
export function IntegrationForm({ data, edit }: Props) {
  const method = data.method ?? 'GET';
  return (
    <>
      <SelectControl
        label={texts.form.method}
        value={method}
        options={methods.map((value) => ({ value, label: value }))}
        onChange={(next) => edit.set('method', { method: next })}
      />
      <AreaControl
        label={texts.form.url}
        hint={texts.form.urlHint}
        isCode
        rows={2}
        value={data.url ?? ''}
        onInput={(url) => edit.set('url', { url })}
      />
      <Pairs
        label={texts.form.query}
        addLabel={texts.form.addQuery}
        pairs={data.query ?? {}}
        onChange={(query) => edit.set('query', { query })}
      />
      <Pairs
        label={texts.form.headers}
        addLabel={texts.form.addHeader}
        pairs={data.headers ?? {}}
        onChange={(headers) => edit.set('headers', { headers })}
      />
      {method !== 'GET' && method !== 'HEAD' && (
        <JsonControl
          label={texts.form.body}
          hint={texts.form.bodyHint}
          value={data.body}
          onChange={(body) => edit.set('body', { body })}
        />
      )}
      <TextControl
        label={texts.form.saveAs}
        hint={texts.form.saveBodyHint}
        isCode
        value={data.saveAs ?? ''}
        onInput={(saveAs) => edit.set('saveAs', { saveAs: saveAs || undefined })}
      />
      <DurationControl
        label={texts.form.httpTimeout}
        value={data.timeout ?? ''}
        onChange={(timeout) => edit.set('timeout', { timeout: timeout || undefined })}
      />
    </>
  );
}
