import { texts } from '../../editor-texts.js';
import type { FieldKind } from './shape.js';

const kinds = ['text', 'number', 'whole', 'yesNo', 'choice', 'moment', 'list', 'object'] as const;

/** What a field holds. */
export function KindSelect({
  label,
  kind,
  onChange,
}: {
  label: string;
  kind: FieldKind;
  onChange: (kind: FieldKind) => void;
}) {
  const options: readonly FieldKind[] = kind === 'other' ? [...kinds, 'other'] : kinds;
  return (
    <select
      class="input"
      aria-label={label}
      value={kind}
      onChange={({ currentTarget }) => onChange(currentTarget.value as FieldKind)}
    >
      {options.map((one) => (
        <option key={one} value={one}>
          {texts.schema.kinds[one]}
        </option>
      ))}
    </select>
  );
}
