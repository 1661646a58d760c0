import type { IconNode } from 'lucide';
import type { CSSProperties, RefObject, TargetedKeyboardEvent } from 'preact';
import { Icon } from '../icon.js';
import './menu.css';

/** A line of a menu: does something, leads somewhere, or parts others. */
export type MenuItem =
  | {
      label: string;
      icon?: IconNode;
      /** The keys that do the same, as they are shown. */
      keys?: string;
      isDangerous?: boolean;
      isDisabled?: boolean;
      /** Given where the line is something that is on or off. */
      isChecked?: boolean;
      onSelect: () => void;
    }
  | { label: string; icon?: IconNode; href: string }
  | 'separator';

const buttonsOf = (menu: HTMLElement) => [
  ...menu.querySelectorAll<HTMLElement>('[role^=menuitem]:not(:disabled)'),
];

const steps: { [key: string]: (now: number, count: number) => number } = {
  ArrowDown: (now) => now + 1,
  ArrowUp: (now, count) => (now < 0 ? count : now) - 1,
  Home: () => 0,
  End: () => -1,
};

/** Moves focus in a menu by arrows, Home, End and first letters. */
function onKeyDown(event: TargetedKeyboardEvent<HTMLElement>): void {
  event.stopPropagation();
  const items = buttonsOf(event.currentTarget);
  const now = items.findIndex((item) => item === document.activeElement);
  const step = steps[event.key];
  if (step) items.at(step(now, items.length) % items.length)?.focus();
  else if (event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey) {
    const letter = event.key.toLowerCase();
    const later = [...items.slice(now + 1), ...items.slice(0, now + 1)];
    later.find((item) => item.innerText.trim().toLowerCase().startsWith(letter))?.focus();
  } else return;
  event.preventDefault();
}

function Line({ item, onDone }: { item: Exclude<MenuItem, 'separator'>; onDone: () => void }) {
  const inner = (
    <>
      <span class="menu-sign">{item.icon && <Icon of={item.icon} size={16} />}</span>
      <span class="menu-words">{item.label}</span>
      {'keys' in item && item.keys !== undefined && <kbd class="muted">{item.keys}</kbd>}
    </>
  );
  if ('href' in item) {
    return (
      <a class="menu-item" role="menuitem" href={item.href} onClick={onDone}>
        {inner}
      </a>
    );
  }
  const { isChecked, isDangerous, isDisabled, onSelect } = item;
  return (
    <button
      type="button"
      class={`menu-item ${isDangerous ? 'dangerous' : ''}`}
      role={isChecked === undefined ? 'menuitem' : 'menuitemcheckbox'}
      aria-checked={isChecked}
      disabled={isDisabled}
      onClick={() => {
        onDone();
        onSelect();
      }}
    >
      {inner}
      {isChecked && <span aria-hidden="true">✓</span>}
    </button>
  );
}

/** What a list of commands takes. */
export type MenuListProps = {
  label: string;
  items: readonly MenuItem[];
  /** Whether a press outside closes it by itself. */
  kind?: 'auto' | 'manual';
  popover: RefObject<HTMLDivElement | null>;
  style?: CSSProperties;
  id?: string;
  onClose?: () => void;
};

/**
 * The list of a menu as a popover: Escape closes it, and so does Tab. Open it by `showPopover()`.
 */
export function MenuList({
  label,
  items,
  kind = 'auto',
  popover,
  style,
  id,
  onClose,
}: MenuListProps) {
  return (
    <div
      ref={popover}
      id={id}
      class="menu"
      popover={kind}
      role="menu"
      aria-label={label}
      style={style}
      onKeyDown={(event) => {
        if (event.key === 'Escape' || event.key === 'Tab') popover.current?.hidePopover();
        onKeyDown(event);
      }}
      onToggle={({ newState, currentTarget }) => {
        if (newState === 'open') buttonsOf(currentTarget)[0]?.focus();
        else onClose?.();
      }}
    >
      {items.map((item, index) =>
        item === 'separator' ? (
          <hr key={index} />
        ) : (
          <Line key={index} item={item} onDone={() => popover.current?.hidePopover()} />
        ),
      )}
    </div>
  );
}
