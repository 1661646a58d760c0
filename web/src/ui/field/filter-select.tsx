import './filter-select.css';

/** What a filter by one of many takes. */
export type FilterSelectProps = {
  /** What is chosen, read out. */
  label: string;
  /** The choice of all of them, whose value is empty. */
  all: string;
  options: readonly { id: string; name: string }[];
  value: string;
  onChange: (value: string) => void;
};

/** Which of a list is shown: what belongs to one of many, or all. */
export function FilterSelect({ label, all, options, value, onChange }: FilterSelectProps) {
  return (
    <label class="filter-select">
      <span class="visually-hidden">{label}</span>
      <select
        class="input"
        value={value}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      >
        <option value="">{all}</option>
        {options.map(({ id, name }) => (
          <option key={id} value={id} selected={id === value}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
