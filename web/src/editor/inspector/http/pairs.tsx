import { CodeCell } from '../code/code-control.js';
import { texts } from '../../editor-texts.js';
import { Cell } from '../fields/cell.js';
import { RowsControl } from '../fields/rows-control.js';

type Texts = { [name: string]: string };

function freeName(pairs: Texts): string {
  for (let number = 1; ; number += 1) if (!(`name-${number}` in pairs)) return `name-${number}`;
}

/** Named texts, such as headers, as rows. */
export function Pairs({
  label,
  field,
  addLabel,
  pairs,
  onChange,
}: {
  label: string;
  field: string;
  addLabel: string;
  pairs: Texts;
  onChange: (pairs: Texts) => void;
}) {
  return (
    <RowsControl<[string, string]>
      label={label}
      field={field}
      rowField={([name]) => `${field}.${name}`}
      addLabel={addLabel}
      rows={Object.entries(pairs)}
      blank={() => [freeName(pairs), '']}
      onChange={(rows) => onChange(Object.fromEntries(rows))}
      row={([name, value], set) => (
        <div class="pair">
          <Cell
            label={texts.form.pairName}
            isCode
            value={name}
            onInput={(next) => {
              if (next !== '' && !(next in pairs)) set([next, value]);
            }}
          />
          <CodeCell
            label={texts.form.value}
            mode="template"
            isSingleLine
            value={value}
            onInput={(next) => set([name, next])}
          />
        </div>
      )}
    />
  );
}
