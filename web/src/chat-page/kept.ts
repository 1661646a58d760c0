import type { Storage } from '../storage.js';

/** What a chat keeps on the device: the token, the conversation, messages on their way. */
export type Kept = Storage & { clear(): void };

/** Takes a text under its key; an empty one is none. */
export function put(entries: Map<string, string>, key: string, text: string): void {
  if (text === '') entries.delete(key);
  else entries.set(key, text);
}

/**
 * Keeps texts in memory, and wherever else `write` puts them.
 * @param entries what is kept already
 */
export function keepIn(
  entries: Map<string, string>,
  write: (key: string, text: string) => void,
): Kept {
  return {
    read: (key) => entries.get(key) ?? null,
    write(key, text) {
      if ((entries.get(key) ?? '') === text) return;
      put(entries, key, text);
      write(key, text);
    },
    clear() {
      for (const key of [...entries.keys()]) this.write(key, '');
    },
  };
}

/**
 * Keeps texts in a storage of the page, as long as the page where the browser forbids it.
 * @param name of the storage: that of all tabs, or of this one
 */
export function keepOnPage(name: 'localStorage' | 'sessionStorage', slug: string): Kept {
  const prefix = `crmflow.chat.${slug}.`;
  const entries = new Map<string, string>();
  const attempt = (work: (storage: globalThis.Storage) => void) => {
    try {
      work(window[name]);
    } catch {
      // Blocked or full: memory has it, which is the best there is.
    }
  };
  attempt((storage) => {
    for (const key of Object.keys(storage)) {
      if (key.startsWith(prefix)) entries.set(key.slice(prefix.length), storage.getItem(key) ?? '');
    }
  });
  if (name === 'localStorage') {
    addEventListener('storage', ({ key, newValue, storageArea }) => {
      if (storageArea === localStorage && key?.startsWith(prefix))
        put(entries, key.slice(prefix.length), newValue ?? '');
    });
  }
  return keepIn(entries, (key, text) =>
    attempt((storage) => {
      if (text === '') storage.removeItem(prefix + key);
      else storage.setItem(prefix + key, text);
    }),
  );
}
