import type { Signal } from '@preact/signals';
import { backoffMs } from '@crmflow/contracts/backoff';
import { type Api, asProblem, type Problem } from './api.js';
import { browserLocks, openChannel, share } from './share.js';
import { type Frame, isAhead, reduce, type Transcript } from './transcript.js';

/** What following a conversation needs. */
export type Following = {
  api: Api;
  token: string;
  id: string;
  /** Where what is known is kept. */
  transcript: Signal<Transcript>;
  /** What is there by now is there. */
  onLoaded(): void;
  /** Something new, after the transcript has it. */
  onNews(frame: Frame): void;
  onLink(isUp: boolean): void;
  /** There is no such conversation for this visitor. */
  onLost(problem: Problem): void;
};

/** What the leading tab tells the others. */
type Told = { frame: Frame } | { isUp: boolean };

/** A conversation that is followed. */
export type Follower = {
  /** Tries again at once, such as when the device is online again. */
  wake(): void;
  stop(): void;
};

/**
 * Follows a conversation: gets what was said, then streams what is new, in one of the tabs for all.
 * What a broken connection has missed is streamed again from the last event.
 */
export function follow(following: Following): Follower {
  const { api, token, id, transcript, onLoaded, onNews, onLink, onLost } = following;
  const stopping = new AbortController();
  const { signal } = stopping;
  let wake = () => undefined as void;
  let catching: Promise<void> | undefined;
  let isBehind = false;
  let endShare = () => undefined as void;

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
      signal.addEventListener('abort', wake, { once: true });
    });

  function take(frame: Frame, isNews: boolean): void {
    if (signal.aborted) return;
    if (frame.kind === 'event' && isAhead(transcript.peek(), frame.event)) {
      isBehind = true;
      catchUp().catch(() => undefined);
      return;
    }
    const before = transcript.peek();
    transcript.value = reduce(before, frame);
    const isKnown = frame.kind === 'event' && transcript.peek() === before;
    if (isNews && !isKnown) onNews(frame);
  }

  async function readOn(isNews: boolean): Promise<void> {
    do {
      isBehind = false;
      const events = await api.eventsAfter(token, id, transcript.peek().lastSeq);
      for (const event of events) take({ kind: 'event', event }, isNews);
      // What came meanwhile may be later than what was just read.
    } while (isBehind && !signal.aborted);
  }

  function catchUp(isNews = true): Promise<void> {
    catching ??= readOn(isNews).finally(() => (catching = undefined));
    return catching;
  }

  /** Tries until it is ended. @returns whether it was done before it was of no use any more */
  async function persist(attempt: (succeeded: () => void) => Promise<boolean>): Promise<boolean> {
    let failures = 0;
    while (!signal.aborted) {
      let problem;
      try {
        if (await attempt(() => (failures = 0))) return true;
      } catch (error) {
        problem = asProblem(error);
        if (signal.aborted) return false;
        if (problem.status === 401 || problem.status === 404) {
          onLost(problem);
          return false;
        }
      }
      const bounds = { firstMs: 500, maxMs: 15_000 };
      await pause(Math.max(problem?.retryMs ?? 0, backoffMs(++failures, bounds, Math.random())));
    }
    return false;
  }

  const lead = async (_ending: AbortSignal, tell: (told: Told) => void) => {
    const link = (isUp: boolean) => {
      tell({ isUp });
      onLink(isUp);
    };
    await persist(async (succeeded) => {
      try {
        const onOpen = () => {
          succeeded();
          link(true);
        };
        const onFrame = (frame: Frame) => {
          take(frame, true);
          tell({ frame });
        };
        const afterSeq = transcript.peek().lastSeq;
        await api.follow({ token, id, afterSeq }, onOpen, onFrame, signal);
      } catch (error) {
        if (signal.aborted) return true;
        link(false);
        // Too many pages are open; each can still ask.
        if (asProblem(error).status === 429) await catchUp();
        throw error;
      }
      return signal.aborted;
    });
  };

  async function start() {
    const name = `crmflow.conversation.${id}`;
    const hear = (told: Told) => ('frame' in told ? take(told.frame, true) : onLink(told.isUp));
    const channel = openChannel(name);
    // From the start on: what the leading tab tells while this one loads is told once.
    if (channel) channel.onmessage = ({ data }) => hear(data as Told);
    endShare = () => channel?.close();
    const isLoaded = await persist(async () => {
      await catchUp(false);
      return true;
    });
    if (!isLoaded || signal.aborted) return;
    onLoaded();
    endShare = share<Told>({ name, lead, hear, locks: browserLocks(), channel });
  }

  void start();
  return {
    wake: () => wake(),
    stop() {
      stopping.abort();
      endShare();
    },
  };
}
