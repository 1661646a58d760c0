import type { Page, FlowSummary } from '@crmflow/contracts';
import { signal } from '@preact/signals';
import { describe, expect, it } from 'vitest';
import { createFlowList } from './flow-list.js';

const page = (names: string[], nextCursor: string | null = null) =>
  ({ items: names.map((id) => ({ id, name: id })), nextCursor }) as Page<FlowSummary>;

/** A list whose answers come when they are told to. */
function lab() {
  const asked: {
    params: object;
    cursor: string | null;
    answer: (it: Page<FlowSummary>) => void;
    fail: () => void;
  }[] = [];
  const hidden = signal<ReadonlySet<string>>(new Set());
  const list = createFlowList(
    (params, cursor) =>
      new Promise((answer, reject) => {
        asked.push({ params, cursor, answer, fail: () => reject(new Error('gone')) });
      }),
    hidden,
  );
  const names = () => list.items.value.map(({ name }) => name);
  return { list, hidden, asked, names };
}

describe('the list of flows', () => {
  it('shows the answer to the last question only', async () => {
    const { list, asked, names } = lab();
    const first = list.show({ q: 'a' });
    const second = list.show({ q: 'ab' });
    asked[1]?.answer(page(['ab']));
    await second;
    asked[0]?.answer(page(['a', 'ab']));
    await first;
    expect(names()).toEqual(['ab']);
    expect(list.state.value).toBe('ready');
  });

  it('goes on where it stopped, and shows what has moved once', async () => {
    const { list, asked, names } = lab();
    const first = list.show({ sort: 'changed' });
    asked[0]?.answer(page(['a', 'b'], 'next'));
    await first;
    const second = list.more();
    expect(asked[1]).toMatchObject({ params: { sort: 'changed' }, cursor: 'next' });
    asked[1]?.answer(page(['b', 'c']));
    await second;
    expect(names()).toEqual(['a', 'b', 'c']);
  });

  it('keeps what it has when the next page fails', async () => {
    const { list, asked, names } = lab();
    const first = list.show({});
    asked[0]?.answer(page(['a'], 'next'));
    await first;
    const second = list.more();
    asked[1]?.fail();
    await second;
    expect([names(), list.state.value]).toEqual([['a'], 'failed']);
  });

  it('leaves out what is hidden, and shows it again', async () => {
    const { list, hidden, asked, names } = lab();
    const first = list.show({});
    asked[0]?.answer(page(['a', 'b']));
    await first;
    hidden.value = new Set(['a']);
    expect(names()).toEqual(['b']);
    hidden.value = new Set();
    list.patch('a', { name: 'A' });
    expect(names()).toEqual(['A', 'b']);
  });
});
