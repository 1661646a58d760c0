import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../../../ui/icon.js';
import type { Point } from '../../commands/nodes.js';
import { texts } from '../../editor-texts.js';
import { kindStyle } from '../../../node-look.js';
import { type AdditionId, additions, offerOf, viewOfAddition } from '../../canvas/kinds.js';
import './quick-add.css';

/** Asks which node shall be at the end of an edge that was drawn into nothing. */
export function QuickAdd({
  at,
  onPick,
  onClose,
}: {
  at: Point;
  onPick: (kind: AdditionId) => void;
  onClose: () => void;
}) {
  const menu = useRef<HTMLDivElement>(null);
  // Wherever it is opened, all of it is on the page.
  useLayoutEffect(() => {
    const { current } = menu;
    if (!current) return;
    const { offsetWidth, offsetHeight } = current;
    current.style.left = `${Math.max(Math.min(at.x, window.innerWidth - offsetWidth - 8), 8)}px`;
    current.style.top = `${Math.max(Math.min(at.y, window.innerHeight - offsetHeight - 8), 8)}px`;
  }, [at]);
  // With the menu itself: a key that is pressed as soon as it is seen is for the menu.
  useLayoutEffect(() => {
    const before = document.activeElement;
    const { current } = menu;
    current?.querySelector('button')?.focus();
    return () => {
      const now = document.activeElement;
      // What was picked may have the focus by now, and keeps it.
      const isOurs = now === document.body || current?.contains(now);
      if (isOurs && before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Escape') onClose();
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    const items = [...(menu.current?.querySelectorAll('button') ?? [])];
    const now = items.findIndex((item) => item === document.activeElement);
    const step = event.key === 'ArrowDown' ? 1 : -1;
    items.at((now + step) % items.length)?.focus();
  };

  return (
    <>
      <div class="quick-add-back" onPointerDown={onClose} />
      <div
        ref={menu}
        class="quick-add"
        role="menu"
        aria-label={texts.quickAdd}
        onKeyDown={onKeyDown}
      >
        {additions
          .filter((kind) => kind !== 'trigger')
          .map((kind) => (
            <button
              key={kind}
              type="button"
              role="menuitem"
              style={kindStyle(viewOfAddition(kind))}
              onClick={() => onPick(kind)}
            >
              <span class="card-sign">
                <Icon of={viewOfAddition(kind).icon} size={16} />
              </span>
              {offerOf(kind)}
            </button>
          ))}
      </div>
    </>
  );
}
