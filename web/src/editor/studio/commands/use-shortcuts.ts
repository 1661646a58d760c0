import { useEffect } from 'preact/hooks';
import { isTyping } from '../../../ui/is-typing.js';
import { toast } from '../../../ui/toast/toast.js';
import { texts } from '../../editor-texts.js';
import type { OpenFlow } from '../../open-editor.js';
import { isShortcut, shortcuts } from './shortcuts.js';
import type { Commands } from './studio-commands.js';

/** Enter and the like press what has focus, unless that is the canvas itself. */
const isPressing = (target: EventTarget | null, key: string) =>
  (key === 'Enter' || key === 'ContextMenu') &&
  target instanceof Element &&
  target !== document.body &&
  !target.closest('.canvas');

/** In an empty field there is nothing that its own undo takes back: what is meant is the flow. */
const isUndoOfNothing = (event: KeyboardEvent) =>
  event.target instanceof HTMLTextAreaElement &&
  event.target.value === '' &&
  shortcuts.some(({ name, keys }) => name === 'undo' && keys.some((key) => isShortcut(key, event)));

/** Makes the studio's keys work while nobody is typing. */
export function useShortcuts({ actions }: OpenFlow, commands: Commands): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      if (isTyping(event.target) && !isUndoOfNothing(event)) return;
      if (isPressing(event.target, event.key)) return;
      // Escape closes what is open first; whoever prevents its default keeps that open.
      if (event.key === 'Escape' && document.querySelector(':popover-open')) return;
      const found = shortcuts.find(({ keys }) => keys.some((key) => isShortcut(key, event)));
      if (!found) return;
      event.preventDefault();
      commands.byKey[found.name]();
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
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (actions.paste(text)) event.preventDefault();
      else if (text.trim() !== '') toast(texts.clipboard.foreign, { kind: 'failed' });
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
  }, [actions, commands]);
}
