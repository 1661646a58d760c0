import { createStorage, type Storage } from '../storage.js';

/** What a chat keeps on the device: the token, the conversation, messages on their way. */
export type Kept = Storage & { clear(): void };

/** Stores a text under its key; an empty text removes the key. */
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

/** Keeps texts in a storage of the page: that of all tabs, or of this one. */
export const keepOnPage = (area: 'localStorage' | 'sessionStorage', slug: string): Kept =>
  createStorage(area, `crmflow.chat.${slug}.`);
