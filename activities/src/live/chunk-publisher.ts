import { within } from '../call/within.js';
import { splitText } from './split-text.js';

const batchMs = 40;
/** Leaves room for ids in a notification of 7,900 bytes. */
const maxChunkBytes = 5_000;
const farewellMs = 1_000;

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
        await within(running ?? Promise.resolve(), farewellMs);
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
