import { Dialog } from '../../../ui/dialog/dialog.js';
import { texts } from '../../editor-texts.js';
import { type ShortcutGroup, shortcuts, shownKeys } from './shortcuts.js';
import './keys.css';

const groups: readonly ShortcutGroup[] = ['edit', 'node', 'go', 'view'];
/** What the browser itself does by keys, or a hand on the mouse. */
const clipboard = ['Mod+x', 'Mod+c', 'Mod+v'];

function Keys({ keys, isMac }: { keys: readonly string[]; isMac: boolean }) {
  return (
    <span class="keys">
      {keys.map((written, index) => (
        <span key={written}>
          {index > 0 && <span class="muted small"> {texts.keys.or} </span>}
          {shownKeys(written, isMac).map((part) => (
            <kbd key={part}>{part}</kbd>
          ))}
        </span>
      ))}
    </span>
  );
}

/** Every key of the studio, and what it does. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);
  const words = texts.keys;
  return (
    <Dialog title={words.title} size="large" onClose={onClose}>
      <div class="keys-groups">
        {groups.map((group) => (
          <section key={group} aria-labelledby={`keys-${group}`}>
            <h3 id={`keys-${group}`}>{words.groups[group]}</h3>
            <dl>
              {shortcuts
                .filter((one) => one.group === group)
                .map(({ name, keys }) => (
                  <div key={name}>
                    <dt>{words.names[name]}</dt>
                    <dd>
                      <Keys keys={keys.slice(0, 1)} isMac={isMac} />
                    </dd>
                  </div>
                ))}
              {group === 'edit' && (
                <div>
                  <dt>{words.clipboard}</dt>
                  <dd>
                    <Keys keys={clipboard} isMac={isMac} />
                  </dd>
                </div>
              )}
            </dl>
          </section>
        ))}
        <section aria-labelledby="keys-pointer">
          <h3 id="keys-pointer">{words.pointer.title}</h3>
          <ul class="keys-pointer small">
            {words.pointer.lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </section>
      </div>
      <div class="actions">
        <button type="button" class="button primary" onClick={onClose}>
          {texts.close}
        </button>
      </div>
    </Dialog>
  );
}
