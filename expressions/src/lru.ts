/** Remembers what was asked for last, up to a number of entries. */
export type Cache<T> = (key: string, make: () => T) => T;

/**
 * A cache of pure results: whether an entry is there changes the time, never the outcome.
 * @param capacity entries that are kept
 */
export function createCache<T extends object>(capacity: number): Cache<T> {
  const entries = new Map<string, T>();
  return (key, make) => {
    const known = entries.get(key);
    const value = known ?? make();
    if (known) entries.delete(key);
    entries.set(key, value);
    if (entries.size > capacity) {
      const oldest = entries.keys().next().value;
      if (oldest !== undefined) entries.delete(oldest);
    }
    return value;
  };
}
