/** What the page keeps over reloads; without storage it lasts as long as the page. */
export type Storage = {
  read(key: string): string | null;
  /** An empty text removes the key. */
  write(key: string, text: string): void;
};

/** A storage of the browser. @param prefix comes before each of its keys */
export function createStorage(
  area: 'localStorage' | 'sessionStorage',
  prefix: string,
): Storage & { clear(): void } {
  /** Only what the browser does not take: another tab may change the rest. */
  const memory = new Map<string, string>();
  return {
    read(key) {
      try {
        return memory.get(key) ?? globalThis[area].getItem(prefix + key);
      } catch {
        return null;
      }
    },
    write(key, text) {
      memory.delete(key);
      try {
        if (text === '') globalThis[area].removeItem(prefix + key);
        else globalThis[area].setItem(prefix + key, text);
      } catch {
        // Blocked or full: memory has it, which is the best there is.
        if (text !== '') memory.set(key, text);
      }
    },
    clear() {
      memory.clear();
      try {
        for (const key of Object.keys(globalThis[area])) {
          if (key.startsWith(prefix)) globalThis[area].removeItem(key);
        }
      } catch {
        // Nothing can be kept where storage is blocked.
      }
    },
  };
}

const prefix = 'crmflow.kept.';

/** What all tabs of this device share. */
export const deviceStorage = createStorage('localStorage', prefix);

/** What each tab has for itself. */
export const tabStorage = createStorage('sessionStorage', prefix);

/** Where the editor keeps drafts that the server does not have yet. */
export const localDatabase = { name: 'crmflow', store: 'flows' };

/** Removes everything of the user from this device: what was typed, and drafts not saved yet. */
export async function clearLocalData(): Promise<void> {
  deviceStorage.clear();
  tabStorage.clear();
  try {
    const { clear, createStore } = await import('idb-keyval');
    await clear(createStore(localDatabase.name, localDatabase.store));
  } catch {
    // Nothing can be kept where storage is blocked.
  }
}
