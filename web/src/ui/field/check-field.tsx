import './check-field.css';

/** Something that is on or off in a form. */
export function CheckField({ name, label }: { name: string; label: string }) {
  return (
    <label class="check-field">
      <input type="checkbox" name={name} />
      {label}
    </label>
  );
}
