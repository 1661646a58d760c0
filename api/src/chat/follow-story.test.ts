import type { Pool } from 'pg';
import { expect, it, vi } from 'vitest';
import { followStory } from './follow-story.js';
import type { Follower, VisitorStreams } from './visitor-streams.js';

type Sent = { event: string; text: string };

/** A stream of a conversation in which nothing was said, over a connection that a test fills up. */
function open() {
  const pool = {
    query: vi.fn(async () => ({ rows: [{ lastSeq: 0, currentRunId: 'r1', seq: null }] })),
  };
  const followers: Follower[] = [];
  const end = vi.fn();
  const visitors = {
    follow: (_: string, follower: Follower) => {
      followers.push(follower);
      return { runIs: () => {}, end };
    },
  } as unknown as VisitorStreams;
  const sent: Sent[] = [];
  const gone = new AbortController();
  let takes = true;
  let drain = () => {};
  const drained = () =>
    takes ? Promise.resolve() : new Promise<void>((resolve) => (drain = resolve));
  const done = followStory({ pool: pool as unknown as Pool, visitors }, 'c1', 0)(
    (event, data) => {
      sent.push({ event, text: (data as { text: string }).text });
      return takes;
    },
    gone.signal,
    drained,
  );
  return {
    ...{ pool, sent, end, done, follower: followers[0]! },
    fill: () => (takes = false),
    async empty() {
      takes = true;
      drain();
      await Promise.resolve();
      await Promise.resolve();
    },
    leave: () => gone.abort(),
  };
}

it('keeps nothing in memory for a page that reads slowly', async () => {
  const stream = open();
  const write = (id: string, offset: number) =>
    stream.follower.chunk({ id, offset, text: `${id}${offset}` });
  write('a', 0);
  stream.fill();
  write('a', 1);
  for (let offset = 2; offset < 1_000; offset += 1) write('a', offset);
  await stream.empty();
  write('a', 1_000);
  write('b', 0);
  write('b', 1);
  expect(stream.sent.map(({ text }) => text)).toEqual(['a0', 'a1', 'b0', 'b1']);
  stream.leave();
  await stream.done;
});

it('ends with its connection, and leaves nobody following', async () => {
  const stream = open();
  await vi.waitFor(() => expect(stream.pool.query).toHaveBeenCalledTimes(1));
  stream.follower.wake();
  await vi.waitFor(() => expect(stream.pool.query).toHaveBeenCalledTimes(2));
  stream.leave();
  await stream.done;
  expect(stream.end).toHaveBeenCalledTimes(1);
});

it('leaves nobody following where the database is away', async () => {
  const stream = open();
  await vi.waitFor(() => expect(stream.pool.query).toHaveBeenCalledTimes(1));
  stream.pool.query.mockRejectedValue(new Error('away'));
  stream.follower.wake();
  await expect(stream.done).rejects.toThrow('away');
  expect(stream.end).toHaveBeenCalledTimes(1);
});
