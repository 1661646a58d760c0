import { useLayoutEffect, useRef } from 'preact/hooks';
import { type MenuItem, MenuList } from './menu-list.js';

/** What a menu at a point takes. */
export type ContextMenuProps = {
  label: string;
  items: readonly MenuItem[];
  /** Where it is, in pixels of the window. */
  at: { x: number; y: number };
  onClose: () => void;
};

/** A list of commands where somebody pressed the other button; open for as long as it is drawn. */
export function ContextMenu({ label, items, at, onClose }: ContextMenuProps) {
  const popover = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const { current } = popover;
    if (!current) return;
    const before = document.activeElement;
    current.showPopover();
    const { width, height } = current.getBoundingClientRect();
    current.style.left = `${Math.max(0, Math.min(at.x, window.innerWidth - width - 8))}px`;
    current.style.top = `${Math.max(0, Math.min(at.y, window.innerHeight - height - 8))}px`;
    // Not the popover's own: it takes the release of the button that opened it for a press outside.
    const onPress = (event: PointerEvent) => {
      if (!current.contains(event.target as Node)) current.hidePopover();
    };
    document.addEventListener('pointerdown', onPress, true);
    return () => {
      document.removeEventListener('pointerdown', onPress, true);
      if (before instanceof HTMLElement) before.focus();
    };
  }, [at.x, at.y]);
  return (
    <MenuList
      label={label}
      kind="manual"
      items={items}
      popover={popover}
      style={{ positionArea: 'none', margin: 0 }}
      onClose={onClose}
    />
  );
}
