import type { ComponentChildren } from 'preact';
import { useId, useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { type MenuItem, MenuList } from './menu-list.js';

/** What a menu takes. */
export type MenuProps = {
  /** What the button and its menu are called. */
  label: string;
  items: readonly MenuItem[];
  /** What is on the button; the label is then read out only. */
  children: ComponentChildren;
  look?: string;
};

/** A button that opens a list of commands. */
export function Menu({ label, items, children, look = 'quiet square' }: MenuProps) {
  const id = useId();
  const popover = useRef<HTMLDivElement>(null);
  const isOpen = useSignal(false);
  const anchor = `--menu-${id}`;
  return (
    <>
      <button
        type="button"
        class={`button ${look}`}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={isOpen.value}
        popoverTarget={id}
        style={{ anchorName: anchor }}
        onClick={() => (isOpen.value = true)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          isOpen.value = true;
          popover.current?.showPopover();
        }}
      >
        {children}
      </button>
      <MenuList
        id={id}
        label={label}
        items={isOpen.value ? items : []}
        popover={popover}
        style={{ positionAnchor: anchor }}
        onClose={() => (isOpen.value = false)}
      />
    </>
  );
}
