import { publicMessageId } from '@crmflow/db';
import type { Pool } from 'pg';
import { expect, it } from 'vitest';
import { createVisitorStreams } from './visitor-streams.js';

/** A pool whose queries are answered when the test says so. */
function slowPool() {
  const asked: ((said: number | Error) => void)[] = [];
  const query = () =>
    new Promise((resolve, reject) => {
      asked.push((said) => (said instanceof Error ? reject(said) : resolve({ rows: [{ said }] })));
    });
  return { asked, pool: { query } as unknown as Pool };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

function followed(pool: Pool) {
  const streams = createVisitorStreams(pool);
  const heard: string[] = [];
  const wakes: string[] = [];
  const following = streams.follow('c1', {
    wake: () => wakes.push('wake'),
    typing: () => heard.push('typing'),
    chunk: ({ id, text }) => heard.push(`${id === idOf(1) ? 'first' : 'second'} ${text}`),
  });
  following.runIs('r1');
  return { streams, heard, wakes, following };
}

const idOf = (place: number) => publicMessageId('r1', `a:1:${place}`);
const chunk = (text: string, offset: number, attempt = 1) =>
  ({
    runId: 'r1',
    kind: 'live',
    at: '2026-11-30T10:00:00.000Z',
    event: 'ai:chunk',
    data: { nodeId: 'a', visit: 1, attempt, offset, text },
  }) as const;

it('sends parts in the order in which they came, however long their ids take', async () => {
  const { asked, pool } = slowPool();
  const { streams, heard } = followed(pool);
  streams.live(chunk('a', 0));
  streams.live(chunk('b', 1));
  streams.live(chunk('c', 0, 2));
  streams.live(chunk('d', 1, 2));
  await settled();
  expect(asked.length).toBe(1);
  asked[0]?.(0);
  await settled();
  asked[1]?.(1);
  await settled();
  expect(heard).toEqual(['first a', 'first b', 'second c', 'second d']);
});

it('goes on with the next message where the id of one is not found', async () => {
  const { asked, pool } = slowPool();
  const { streams, heard } = followed(pool);
  streams.live(chunk('a', 0));
  streams.live(chunk('b', 0, 2));
  await settled();
  asked[0]?.(new Error('the database is away'));
  await settled();
  asked[1]?.(1);
  await settled();
  expect(heard).toEqual(['second b']);
});

it('asks nothing for runs that nobody follows any more', async () => {
  const { asked, pool } = slowPool();
  const { streams, heard, wakes, following } = followed(pool);
  expect(streams.count()).toBe(1);
  following.runIs('r2');
  streams.live(chunk('a', 0));
  following.runIs('r1');
  following.end();
  following.end();
  following.runIs('r1');
  streams.live(chunk('b', 0));
  streams.wake('c1');
  await settled();
  expect([asked.length, heard, wakes, streams.count()]).toEqual([0, [], [], 0]);
});
