import { Plus, X } from 'lucide';
import { useSignal } from '@preact/signals';
import { Button } from '../../../ui/button.js';
import { Icon } from '../../../ui/icon.js';
import { texts } from '../../editor-texts.js';
import { removeField, renameField, turnInto } from './edit-shape.js';
import { blank, type Field, type Shape, type FieldKind } from './shape.js';

/** The name of a field. One that is empty or taken stays in the input, and out of the schema. */
function NameCell({
  name,
  taken,
  onRename,
}: {
  name: string;
  taken: readonly string[];
  onRename: (name: string) => void;
}) {
  const typed = useSignal<string | undefined>(undefined);
  const shown = typed.value ?? name;
  const isWrong = shown === '' || (shown !== name && taken.includes(shown));
  return (
    <input
      class="input code"
      aria-label={texts.schema.name}
      placeholder={texts.schema.name}
      aria-invalid={isWrong}
      title={isWrong && shown !== '' ? texts.schema.taken : undefined}
      maxLength={200}
      spellcheck={false}
      value={shown}
      onInput={({ currentTarget: { value } }) => {
        typed.value = value;
        if (value !== '' && !taken.includes(value)) onRename(value);
      }}
      onBlur={() => (typed.value = undefined)}
    />
  );
}

const kinds = ['text', 'number', 'whole', 'yesNo', 'choice', 'moment', 'list', 'object'] as const;

/** What a field holds. */
function KindSelect({
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

function freeName(fields: readonly Field[]): string {
  const names = fields.map(({ name }) => name);
  for (let number = fields.length + 1; ; number += 1) {
    if (!names.includes(`field${number}`)) return `field${number}`;
  }
}

type Props = { shape: Shape; onChange: (shape: Shape) => void };

function Items({ shape, onChange }: Props) {
  const { items } = shape;
  if (!items) return null;
  const set = (next: Shape) => onChange({ ...shape, items: next });
  return (
    <div class="schema-items">
      <span class="small muted">{texts.schema.of}</span>
      <KindSelect
        label={texts.schema.of}
        kind={items.kind}
        onChange={(kind) => set(turnInto(kind, items))}
      />
      <ShapeDetails shape={items} onChange={set} />
    </div>
  );
}

/** What a field has besides its name and kind: its choices, what it is a list of, its own fields. */
function ShapeDetails({ shape, onChange }: Props) {
  switch (shape.kind) {
    case 'choice':
      return (
        <textarea
          class="input"
          rows={Math.max(2, shape.choices.length)}
          aria-label={texts.schema.choices}
          placeholder={texts.schema.choices}
          value={shape.choices.join('\n')}
          onInput={({ currentTarget }) =>
            onChange({ ...shape, choices: currentTarget.value.split('\n') })
          }
        />
      );
    case 'list':
      return <Items shape={shape} onChange={onChange} />;
    case 'object':
      return <SchemaFields shape={shape} onChange={onChange} />;
    case 'other':
      return <p class="small muted">{texts.schema.onlyJson}</p>;
    default:
      return null;
  }
}

/** The fields of an object, a row each, with what is in them below. */
export function SchemaFields({ shape, onChange }: Props) {
  const { fields } = shape;
  const names = fields.map(({ name }) => name);
  const put = (index: number, field: Partial<Field>) => {
    const before = fields[index];
    if (before) onChange({ ...shape, fields: fields.with(index, { ...before, ...field }) });
  };
  return (
    <div class="schema-fields">
      {fields.map((field, index) => (
        <div class="schema-field" role="group" aria-label={field.name} key={index}>
          <div class="schema-row">
            <NameCell
              name={field.name}
              taken={names}
              onRename={(name) => onChange(renameField(shape, index, name))}
            />
            <KindSelect
              label={texts.schema.kind}
              kind={field.shape.kind}
              onChange={(kind) => put(index, { shape: turnInto(kind, field.shape) })}
            />
            <Button
              kind="quiet"
              aria-label={texts.schema.remove(field.name)}
              onClick={() => onChange(removeField(shape, index))}
            >
              <Icon of={X} size={16} />
            </Button>
          </div>
          <input
            class="input"
            aria-label={texts.schema.description}
            placeholder={texts.schema.description}
            value={field.shape.description}
            onInput={({ currentTarget }) =>
              put(index, { shape: { ...field.shape, description: currentTarget.value } })
            }
          />
          <label class="control-switch small">
            <input
              type="checkbox"
              checked={field.isRequired}
              onChange={({ currentTarget }) => put(index, { isRequired: currentTarget.checked })}
            />
            {texts.schema.required}
          </label>
          <ShapeDetails shape={field.shape} onChange={(next) => put(index, { shape: next })} />
        </div>
      ))}
      <div>
        <Button
          size="small"
          onClick={() =>
            onChange({
              ...shape,
              fields: [
                ...fields,
                { name: freeName(fields), isRequired: true, shape: blank('text') },
              ],
            })
          }
        >
          <Icon of={Plus} size={16} />
          {texts.schema.add}
        </Button>
      </div>
    </div>
  );
}
