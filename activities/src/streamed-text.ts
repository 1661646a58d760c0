import { withTimeout } from './call/deadline.js';

const batchMs = 40;
/** Leaves room for ids in a notification of 7,900 bytes. */
const maxChunkBytes = 5_000;
const lastChunkMs = 1_000;

/** Cleans a text that comes in pieces. */
export type TextCleaner = {
  /** The part of the text so far that is certain and was not given out yet. */
  push(piece: string): string;
  /** What was held back. */
  end(): string;
};

/**
 * Makes streamed text storable piece by piece, as `storable` does with a whole one. A surrogate
 * pair that was cut in two is put together again before anyone sees it.
 */
export function createTextCleaner(): TextCleaner {
  let held = '';
  return {
    push(piece) {
      const text = held + piece.replaceAll('\0', '');
      held = /[\ud800-\udbff]$/.exec(text)?.[0] ?? '';
      return text.slice(0, text.length - held.length).toWellFormed();
    },
    end: () => held.toWellFormed(),
  };
}

function jsonBytesOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return 6;
  if (code < 0x80) return character === '"' || character === '\\' ? 2 : 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}

/**
 * Cuts a text into pieces whose JSON is at most `maxBytes` of UTF-8, never inside a character.
 * @param text well-formed
 */
export function splitText(text: string, maxBytes: number): string[] {
  const pieces: string[] = [];
  let start = 0;
  let at = 0;
  let bytes = 0;
  for (const character of text) {
    const more = jsonBytesOf(character);
    if (bytes + more > maxBytes) {
      pieces.push(text.slice(start, at));
      start = at;
      bytes = 0;
    }
    bytes += more;
    at += character.length;
  }
  if (start < text.length) pieces.push(text.slice(start));
  return pieces;
}

/** What the publisher needs. */
export type ChunkPublisherDeps = {
  /** @param offset where the text begins, in UTF-16 units */
  publish: (offset: number, text: string) => Promise<void>;
  /** Told of each chunk that could not be published; the node goes on. */
  onError: (error: unknown) => void;
};

/** Publishes a text while it grows. */
export type ChunkPublisher = {
  push(text: string): void;
  /** Publishes what is left, and waits for it a second at most. Never rejects. */
  finish(): Promise<void>;
  /** Publishes nothing more. */
  stop(): void;
};

/**
 * Makes a publisher: the first text goes out at once, what follows is gathered for some 40 ms. One
 * chunk is under way at a time, so that none overtakes another and a slow database only makes
 * chunks larger.
 */
export function createChunkPublisher({ publish, onError }: ChunkPublisherDeps): ChunkPublisher {
  let buffer = '';
  let offset = 0;
  let lastAt = -Infinity;
  let stopped = false;
  let running: Promise<void> | null = null;
  let hurry = (): void => undefined;
  const hurried = new Promise<void>((resolve) => (hurry = resolve));

  async function sendAll(text: string): Promise<void> {
    for (const piece of splitText(text, maxChunkBytes)) {
      if (stopped) return;
      const from = offset;
      offset += piece.length;
      await publish(from, piece).catch(onError);
    }
  }

  async function pause(ms: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const slept = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
    await Promise.race([slept, hurried]);
    clearTimeout(timer);
  }

  async function drain(): Promise<void> {
    while (buffer !== '' && !stopped) {
      const early = lastAt + batchMs - performance.now();
      if (early > 0) await pause(early);
      const text = buffer;
      buffer = '';
      lastAt = performance.now();
      await sendAll(text);
    }
    running = null;
  }

  return {
    push(text) {
      buffer += text;
      running ??= drain();
    },
    async finish() {
      hurry();
      try {
        await withTimeout(running ?? Promise.resolve(), lastChunkMs);
      } catch (error) {
        onError(error);
      } finally {
        stopped = true;
      }
    },
    stop() {
      stopped = true;
      hurry();
    },
  };
}
