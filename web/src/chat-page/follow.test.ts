import type { ConversationEvent } from '@crmflow/contracts';
import { signal } from '@preact/signals';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Api, Problem } from './api.js';
import { type Follower, follow } from './follow.js';
import { emptyTranscript, type Frame } from './transcript.js';

const at = '2026-11-23T00:00:00.000Z';
const said = (seq: number): ConversationEvent => ({
  ...{ seq, at, type: 'message', id: `m${seq}`, role: 'flow', text: `${seq}` },
});
const frame = (seq: number): Frame => ({ kind: 'event', event: said(seq) });

let follower: Follower | undefined;
afterEach(() => follower?.stop());

/** A server that has told so much, and whose stream the test writes. */
function setUp(conversation: string) {
  const server = { lastSeq: 1, asked: [] as number[], streamedAfter: [] as number[] };
  let write: (frame: Frame) => void = () => undefined;
  let end: (problem?: Problem) => void = () => undefined;
  const transcript = signal(emptyTranscript);
  const news: number[] = [];
  const lost: string[] = [];
  const api = {
    async eventsAfter(_token: string, _id: string, afterSeq: number) {
      server.asked.push(afterSeq);
      const found = [];
      for (let seq = afterSeq + 1; seq <= server.lastSeq; seq++) found.push(said(seq));
      await new Promise((resolve) => setTimeout(resolve, 20));
      return found;
    },
    follow(
      { afterSeq }: { afterSeq: number },
      onOpen: () => void,
      onFrame: (frame: Frame) => void,
    ) {
      server.streamedAfter.push(afterSeq);
      write = onFrame;
      onOpen();
      return new Promise<void>((resolve, reject) => {
        end = (problem) => (problem ? reject(problem) : resolve());
      });
    },
  } as unknown as Api;
  follower = follow({
    ...{ api, token: 't', id: conversation, transcript },
    onLoaded: () => undefined,
    onNews: (one) => void (one.kind === 'event' && news.push(one.event.seq)),
    onLink: () => undefined,
    onLost: ({ code }) => void lost.push(code),
  });
  const shown = () => transcript.value.lines.map(({ seq }) => seq);
  const streams = (count: number) =>
    vi.waitFor(() => expect(server.streamedAfter).toHaveLength(count));
  return {
    ...{ server, news, lost, shown, streams },
    write: (seq: number) => write(frame(seq)),
    end: (problem?: Problem) => end(problem),
  };
}

describe('following a conversation', () => {
  it('gets what was said, which is no news, and streams the rest', async () => {
    const { server, news, shown, streams, write } = setUp('a');
    await streams(1);
    expect([server.asked, server.streamedAfter, shown()]).toEqual([[0], [1], [1]]);
    write(2);
    write(2);
    expect([shown(), news]).toEqual([[1, 2], [2]]);
  });

  it('gets what it missed, and what comes while it does', async () => {
    const { server, news, shown, streams, write } = setUp('b');
    await streams(1);
    server.lastSeq = 3;
    write(3);
    server.lastSeq = 5;
    write(5);
    await vi.waitFor(() => expect(shown()).toEqual([1, 2, 3, 4, 5]));
    expect(news).toEqual([2, 3, 4, 5]);
  });

  it('streams again from where it was', async () => {
    const { server, streams, write, end } = setUp('c');
    await streams(1);
    write(2);
    end();
    await streams(2);
    end(new Problem('unreachable'));
    await streams(3);
    expect(server.streamedAfter).toEqual([1, 2, 2]);
  });

  it('gives up only where there is nothing for this visitor', async () => {
    const { server, lost, streams, end } = setUp('d');
    await streams(1);
    end(new Problem('unauthenticated', 401));
    await vi.waitFor(() => expect(lost).toEqual(['unauthenticated']));
    expect(server.streamedAfter).toHaveLength(1);
  });

  it('takes what the leading tab tells while it loads', async () => {
    const { server, shown } = setUp('e');
    const leading = new BroadcastChannel('crmflow.conversation.e');
    server.lastSeq = 1;
    leading.postMessage({ frame: frame(2) });
    server.lastSeq = 2;
    await vi.waitFor(() => expect(shown()).toEqual([1, 2]));
    leading.close();
  });
});
