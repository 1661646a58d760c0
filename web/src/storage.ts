const prefix = 'crmflow.kept.';

/** What the page keeps on the device over reloads; without storage it lasts as long as the page. */
export type Storage = {
  read(key: string): string | null;
  /** An empty text removes the key. */
  write(key: string, text: string): void;
};

const memory = new Map<string, string>();

function store(key: string, text: string): void {
  try {
    if (text === '') localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    // Blocked or full: memory has it, which is the best there is.
  }
}

/** The browser's storage, under names of its own. */
export const deviceStorage: Storage = {
  read(key) {
    try {
      return localStorage.getItem(prefix + key) ?? memory.get(key) ?? null;
    } catch {
      return memory.get(key) ?? null;
    }
  },
  write(key, text) {
    if (text === '') memory.delete(key);
    else memory.set(key, text);
    store(prefix + key, text);
  },
};

/** Where the editor keeps drafts that the server does not have yet. */
export const localDatabase = { name: 'crmflow', store: 'flows' };

/** Removes everything of the user from this device: what was typed, and drafts not saved yet. */
export async function clearLocalData(): Promise<void> {
  memory.clear();
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(prefix)) localStorage.removeItem(key);
    }
    const { clear, createStore } = await import('idb-keyval');
    await clear(createStore(localDatabase.name, localDatabase.store));
  } catch {
    // Nothing can be kept where storage is blocked.
  }
}
