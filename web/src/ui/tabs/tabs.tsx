import type { TargetedKeyboardEvent } from 'preact';
import './tabs.css';

/** What tabs take. */
export type TabsProps<Id extends string> = {
  /** What they choose, read out. */
  label: string;
  tabs: readonly { id: Id; label: string }[];
  current: Id;
  onChange: (id: Id) => void;
};

function target(key: string, now: number): number | undefined {
  switch (key) {
    case 'ArrowLeft':
      return now - 1;
    case 'ArrowRight':
      return now + 1;
    case 'Home':
      return 0;
    case 'End':
      return -1;
    default:
      return undefined;
  }
}

/**
 * Chooses one of a few views; arrows, Home and End move. The view that is chosen is to have
 * `role="tabpanel"`.
 */
export function Tabs<Id extends string>({ label, tabs, current, onChange }: TabsProps<Id>) {
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLElement>) => {
    const now = tabs.findIndex(({ id }) => id === current);
    const next = target(event.key, now);
    const tab = next === undefined ? undefined : tabs.at(next % tabs.length);
    if (!tab) return;
    event.preventDefault();
    event.stopPropagation();
    onChange(tab.id);
    event.currentTarget.querySelectorAll('button')[tabs.indexOf(tab)]?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
      {tabs.map((tab) => (
        <button
          key={tab.id}
          type="button"
          role="tab"
          aria-selected={tab.id === current}
          tabIndex={tab.id === current ? 0 : -1}
          onClick={() => onChange(tab.id)}
        >
          {tab.label}
        </button>
      ))}
    </div>
  );
}
