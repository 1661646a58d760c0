/** How many of something each key has open, such as the connections of a user. */
export type Tally = {
  isFull(key: string): boolean;
  count(key: string): number;
  /** Counts one more. @returns what takes it back, once */
  add(key: string): () => void;
};

/** Nothing is open yet. @param most how many a key may have */
export function createTally(most: number): Tally {
  const counts = new Map<string, number>();
  const change = (key: string, by: number) => {
    const count = (counts.get(key) ?? 0) + by;
    if (count > 0) counts.set(key, count);
    else counts.delete(key);
  };
  return {
    count: (key) => counts.get(key) ?? 0,
    isFull: (key) => (counts.get(key) ?? 0) >= most,
    add(key) {
      change(key, 1);
      let isOpen = true;
      return () => {
        if (isOpen) change(key, -1);
        isOpen = false;
      };
    },
  };
}
