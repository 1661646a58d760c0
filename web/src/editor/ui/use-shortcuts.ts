import type { ReadonlySignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import { boxOf } from '../canvas/geometry.js';
import type { OpenFlow } from '../open-editor.js';
import type { Canvas } from '../rete/create-canvas.js';
import { isShortcut, type Shortcut, shortcuts } from './shortcuts.js';

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');

/** Makes the studio's keys work while nobody is typing. */
export function useShortcuts(
  root: RefObject<HTMLElement | null>,
  flow: OpenFlow,
  canvas: ReadonlySignal<Canvas | undefined>,
): void {
  useEffect(() => {
    const { actions, editor, saving } = flow;
    const viewport = () => canvas.peek()?.viewport;
    const nudge = (x: number, y: number) => () => actions.nudge({ x, y });
    const zoom = (by: number) => () => {
      const view = viewport();
      view?.zoomTo(view.transform.peek().k * by);
    };
    const run: Record<Shortcut, () => void> = {
      undo: actions.undo,
      redo: actions.redo,
      remove: actions.removeSelected,
      duplicate: actions.duplicate,
      selectAll: actions.selectAll,
      clear: () => editor.selection.clear(),
      save: () => void saving.flush(),
      zoomIn: zoom(1.25),
      zoomOut: zoom(0.8),
      zoomReset: () => viewport()?.zoomTo(1),
      fit: () => viewport()?.fit(editor.document.nodes().map(boxOf)),
      left: nudge(-8, 0),
      right: nudge(8, 0),
      up: nudge(0, -8),
      down: nudge(0, 8),
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (isTyping(event.target) || event.defaultPrevented) return;
      const found = shortcuts.find(({ keys }) => keys.some((key) => isShortcut(key, event)));
      if (!found) return;
      event.preventDefault();
      run[found.name]();
    };
    const put = (text: string, event: ClipboardEvent) => {
      if (isTyping(event.target) || text === '') return;
      event.clipboardData?.setData('text/plain', text);
      event.preventDefault();
    };
    const onCopy = (event: ClipboardEvent) => put(actions.copy(), event);
    const onCut = (event: ClipboardEvent) => {
      if (!isTyping(event.target)) put(actions.cut(), event);
    };
    const onPaste = (event: ClipboardEvent) => {
      if (isTyping(event.target)) return;
      if (actions.paste(event.clipboardData?.getData('text/plain') ?? '')) event.preventDefault();
    };
    const listeners = { keydown: onKeyDown, copy: onCopy, cut: onCut, paste: onPaste };
    for (const [name, listener] of Object.entries(listeners)) {
      document.addEventListener(name, listener as EventListener);
    }
    return () => {
      for (const [name, listener] of Object.entries(listeners)) {
        document.removeEventListener(name, listener as EventListener);
      }
    };
  }, [root, flow, canvas]);
}
