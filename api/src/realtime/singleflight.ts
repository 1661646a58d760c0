/** Gets something by a key; who asks for a key again while it is being got waits with the first. */
export type Singleflight<T> = (key: string, get: () => Promise<T>) => Promise<T>;

/** Nothing under way yet; what was got, or failed, is forgotten at once. */
export function singleflight<T>(): Singleflight<T> {
  const underWay = new Map<string, Promise<T>>();
  return (key, get) => {
    const first = underWay.get(key);
    if (first) return first;
    const promise = get().finally(() => underWay.delete(key));
    underWay.set(key, promise);
    return promise;
  };
}
