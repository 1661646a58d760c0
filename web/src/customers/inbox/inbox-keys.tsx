import { useEffect, useRef } from 'preact/hooks';
import { Dialog } from '../../ui/dialog/dialog.js';
import { isTyping } from '../../ui/is-typing.js';
import { texts } from '../customers-texts.js';

/** What keys do in the inbox, in the order in which they are shown. */
export const inboxKeys = {
  j: 'next',
  k: 'previous',
  t: 'take',
  r: 'reply',
  g: 'suggest',
  n: 'note',
  a: 'assign',
  s: 'snooze',
  e: 'close',
  '?': 'keys',
} as const;

/** Something that a key does. */
export type InboxKey = (typeof inboxKeys)[keyof typeof inboxKeys];

/**
 * Makes the keys of the inbox work while nobody types, and no dialog or menu is open.
 * @param run returns whether it did something
 */
export function useInboxKeys(run: (key: InboxKey) => boolean): void {
  // What was drawn last counts, also before effects have run.
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (isTyping(event.target) || document.querySelector('dialog[open], :popover-open')) return;
      const known: Record<string, InboxKey | undefined> = inboxKeys;
      const found = known[event.key.toLowerCase()];
      if (found && latest.current(found)) event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

/** Every key of the inbox, and what it does. */
export function InboxKeysDialog({ onClose }: { onClose: () => void }) {
  const words = texts.inbox.keys;
  const shown: [string, string][] = [
    ...Object.entries(inboxKeys).map(([key, name]): [string, string] => [key, words[name]]),
    ['/', words.search],
    ['/', words.canned],
  ];
  return (
    <Dialog title={words.title} onClose={onClose}>
      <dl class="inbox-keys">
        {shown.map(([key, what]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>
              <kbd>{key.toUpperCase()}</kbd>
            </dd>
          </div>
        ))}
      </dl>
      <div class="actions">
        <button type="button" class="button primary" onClick={onClose}>
          {words.done}
        </button>
      </div>
    </Dialog>
  );
}
