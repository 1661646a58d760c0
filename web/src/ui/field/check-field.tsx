import './check-field.css';

type Props = {
  name: string;
  label: string;
  /** More about what is chosen, below the label. */
  hint?: string;
  defaultChecked?: boolean;
  onChange?: (checked: boolean) => void;
};

/** Something that is on or off in a form. */
export function CheckField({ name, label, hint, defaultChecked = false, onChange }: Props) {
  return (
    <label class={hint === undefined ? 'check-field' : 'check-field hinted'}>
      <input
        type="checkbox"
        name={name}
        defaultChecked={defaultChecked}
        onChange={({ currentTarget }) => onChange?.(currentTarget.checked)}
      />
      <span>
        {label}
        {hint !== undefined && <span class="small muted">{hint}</span>}
      </span>
    </label>
  );
}
