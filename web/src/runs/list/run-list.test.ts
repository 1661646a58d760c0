import type { RunSummary } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { createRunList } from './run-list.js';

/** A list of runs that the server has, the newest first: `id:status`. */
function lab(...first: string[]) {
  let runs = first;
  let isDown = false;
  const list = createRunList(() => {
    if (isDown) return Promise.reject(new Error('gone'));
    const items = runs.map((run) => {
      const [runId, status] = run.split(':');
      return { runId, status } as RunSummary;
    });
    return Promise.resolve({ items, nextCursor: null });
  });
  return {
    list,
    have: (...now: string[]) => (runs = now),
    fall: () => (isDown = true),
    shown: () => list.items.value.map(({ id, status }) => `${id}:${status}`),
  };
}

describe('the list of runs', () => {
  it('tells how runs stand by now, and how many are new, without a jump', async () => {
    const { list, have, shown } = lab('b:running', 'a:completed');
    await list.show({});
    have('d:running', 'c:failed', 'b:waiting', 'a:completed');
    await list.look();
    expect([shown(), list.fresh.value]).toEqual([['b:waiting', 'a:completed'], 2]);
    await list.reload();
    expect([shown().length, list.fresh.value]).toEqual([4, 0]);
  });

  it('stays as it is where a look fails, and after another question', async () => {
    const { list, have, fall, shown } = lab('a:running');
    await list.show({});
    have('b:running', 'a:running');
    const look = list.look();
    await list.show({ status: 'running' });
    await look;
    expect(list.fresh.value).toBe(0);
    fall();
    await list.look();
    expect([shown(), list.state.value]).toEqual([['b:running', 'a:running'], 'ready']);
  });
});
