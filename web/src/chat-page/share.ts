/** The part of navigator.locks that is needed. */
export type Locks = {
  request(
    name: string,
    options: { signal?: AbortSignal },
    work: () => Promise<void>,
  ): Promise<unknown>;
};

/** The part of a BroadcastChannel that is needed. */
export type Channel = {
  onmessage: ((event: MessageEvent) => void) | null;
  postMessage(message: unknown): void;
  close(): void;
};

/** A channel between the tabs of a browser; nothing where storage is blocked, which forbids it. */
export function openChannel(name: string): Channel | undefined {
  try {
    return new BroadcastChannel(name);
  } catch {
    return undefined;
  }
}

/** How tabs share a piece of work. */
export type Sharing<T> = {
  /** The same in all tabs that share it. */
  name: string;
  /** Does the work until the signal ends it, and tells the other tabs. Runs in one tab at a time. */
  lead(signal: AbortSignal, tell: (message: T) => void): Promise<void>;
  /** Takes what the leading tab tells. */
  hear(message: T): void;
  locks?: Locks | undefined;
  channel?: Channel | undefined;
};

/**
 * Has one of several tabs do a piece of work for all: the one that holds a lock. When it is closed,
 * the browser gives the lock to another. Where tabs cannot speak to each other each does it itself.
 * @returns ends this tab's share
 */
export function share<T>({ name, lead, hear, locks, channel }: Sharing<T>): () => void {
  const ending = new AbortController();
  const work = () => lead(ending.signal, (message) => channel?.postMessage(message));
  if (channel) channel.onmessage = ({ data }) => hear(data as T);
  if (locks && channel) {
    locks.request(name, { signal: ending.signal }, work).catch(() => {
      // Refused, not ended: storage is blocked.
      if (!ending.signal.aborted) void work();
    });
  } else void work();
  return () => {
    ending.abort();
    channel?.close();
  };
}

/** How long others are kept waiting, so that they have heard what was done. */
const hearingMs = 1_000;

/**
 * Does a piece of work in one tab at a time. The next tab begins a moment later, when what this
 * one has told the others has reached it. Without locks, or where storage is blocked, nobody waits.
 * @throws what `work` throws
 */
export function oneTabAtATime<T>(
  name: string,
  work: () => Promise<T>,
  locks: Locks | undefined,
): Promise<T> {
  if (!locks) return work();
  return new Promise((resolve) => {
    const hold = () => {
      const result = work();
      resolve(result);
      return result.then(
        () => new Promise<void>((passed) => setTimeout(passed, hearingMs)),
        () => undefined,
      );
    };
    // Refused: what fails in `hold` does not get here.
    locks.request(name, {}, hold).catch(() => resolve(work()));
  });
}

/** The locks of the browser; none in a page that is not served securely. */
export const browserLocks = (): Locks | undefined =>
  typeof navigator === 'undefined' ? undefined : navigator.locks;
