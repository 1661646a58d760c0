import { Plus, X } from 'lucide';
import type { ComponentChildren } from 'preact';
import { Button } from '../../../ui/button.js';
import { Icon } from '../../../ui/icon.js';
import { texts } from '../../editor-texts.js';
import { isOfCode } from '../code/code-control.js';
import { FieldIssues, useLeaving } from '../node-issues.js';

/** A list of which each entry is a row of cells. */
export function RowsControl<T>({
  label,
  field,
  rowField = (_, index) => `${field}[${index}]`,
  addLabel,
  rows,
  blank,
  row,
  onChange,
}: {
  label: string;
  /** The JSON path of the list in the data of the node. */
  field?: string;
  /** That of a row, where it is no list. */
  rowField?: (value: T, index: number) => string;
  addLabel: string;
  rows: readonly T[];
  blank: () => T;
  row: (value: T, set: (next: T) => void, index: number) => ComponentChildren;
  onChange: (rows: T[]) => void;
}) {
  const onLeave = useLeaving(field);
  return (
    <fieldset class="control-group" onFocusOut={onLeave}>
      <legend>{label}</legend>
      <div class="control-rows">
        {rows.map((value, index) => (
          <div class="control-row" key={index}>
            <div class="control-cells">
              {row(value, (next) => onChange(rows.with(index, next)), index)}
            </div>
            <Button
              kind="quiet"
              aria-label={texts.removeRow(label, index + 1)}
              onClick={() => onChange(rows.toSpliced(index, 1))}
            >
              <Icon of={X} size={16} />
            </Button>
            {field !== undefined && (
              <FieldIssues field={rowField(value, index)} isRow leave={isOfCode} />
            )}
          </div>
        ))}
      </div>
      {field !== undefined && <FieldIssues field={field} />}
      <div>
        <Button size="small" onClick={() => onChange([...rows, blank()])}>
          <Icon of={Plus} size={16} />
          {addLabel}
        </Button>
      </div>
    </fieldset>
  );
}
