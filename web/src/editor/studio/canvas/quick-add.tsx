import type { NodeType } from '@crmflow/contracts';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../../../ui/icon.js';
import { kinds } from '../../canvas/kinds.js';
import type { Point } from '../../commands/nodes.js';
import { texts } from '../../editor-texts.js';
import './quick-add.css';

/** Asks which node shall be at the end of a wire that was drawn into nothing. */
export function QuickAdd({
  at,
  onPick,
  onClose,
}: {
  at: Point;
  onPick: (type: NodeType) => void;
  onClose: () => void;
}) {
  const menu = useRef<HTMLDivElement>(null);
  // With the menu itself: a key that is pressed as soon as it is seen is for the menu.
  useLayoutEffect(() => {
    const before = document.activeElement;
    menu.current?.querySelector('button')?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
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
        style={{
          left: `${Math.min(at.x, window.innerWidth - 220)}px`,
          top: `${Math.min(at.y, window.innerHeight - 260)}px`,
        }}
        onKeyDown={onKeyDown}
      >
        {kinds
          .filter(({ type }) => type !== 'trigger')
          .map(({ type, icon }) => (
            <button
              key={type}
              type="button"
              role="menuitem"
              class={`kind-${type}`}
              onClick={() => onPick(type)}
            >
              <span class="card-sign">
                <Icon of={icon} size={16} />
              </span>
              {texts.kinds[type]}
            </button>
          ))}
      </div>
    </>
  );
}
