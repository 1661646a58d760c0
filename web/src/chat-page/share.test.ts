import { describe, expect, it, vi } from 'vitest';
import { type Channel, type Locks, oneTabAtATime, share } from './share.js';

/** Locks as browsers have them: one holder, the next in line when it is done or gone. */
function createLocks(): Locks {
  let last: Promise<unknown> = Promise.resolve();
  return {
    request(_name, { signal }, work) {
      const turn = last.then(() => {
        if (signal?.aborted) throw new Error('aborted');
        return work();
      });
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}

function createChannels() {
  const open = new Set<Channel>();
  return (): Channel => {
    const own: Channel = {
      onmessage: null,
      postMessage(data) {
        for (const other of open) if (other !== own) other.onmessage?.({ data } as MessageEvent);
      },
      close: () => void open.delete(own),
    };
    open.add(own);
    return own;
  };
}

function setUp({ locks = createLocks(), hasLocks = true, isDeaf = false } = {}) {
  const channel = createChannels();
  const leading: string[] = [];
  const heard: string[] = [];
  let tellOthers: (message: string) => void = () => undefined;
  const openTab = (tab: string) =>
    share<string>({
      name: 'c1',
      locks: hasLocks ? locks : undefined,
      channel: isDeaf ? undefined : channel(),
      hear: (message) => void heard.push(`${tab} ${message}`),
      async lead(signal, tell) {
        leading.push(tab);
        tellOthers = tell;
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
      },
    });
  return { openTab, leading, heard, tell: (message: string) => tellOthers(message) };
}

describe('tabs', () => {
  it('have one do the work and tell the others', async () => {
    const { openTab, leading, heard, tell } = setUp();
    ['one', 'two', 'three'].forEach(openTab);
    await vi.waitFor(() => expect(leading).toEqual(['one']));
    tell('news');
    expect(heard).toEqual(['two news', 'three news']);
  });

  it('have the next one go on when it is closed', async () => {
    const { openTab, leading, heard, tell } = setUp();
    const [closeOne, closeTwo] = ['one', 'two', 'three'].map(openTab);
    await vi.waitFor(() => expect(leading).toEqual(['one']));
    closeTwo?.();
    closeOne?.();
    await vi.waitFor(() => expect(leading).toEqual(['one', 'three']));
    tell('news');
    expect(heard).toEqual([]);
  });

  it.each([
    ['there are no locks', { hasLocks: false }],
    ['they cannot speak to each other', { isDeaf: true }],
    ['locks are refused', { locks: { request: () => Promise.reject(new Error('blocked')) } }],
  ])('do it each by itself where %s', async (_where, circumstances) => {
    const { openTab, leading } = setUp(circumstances);
    ['one', 'two'].forEach(openTab);
    await vi.waitFor(() => expect(leading).toEqual(['one', 'two']));
  });
});

describe('one tab at a time', () => {
  it('has the next one wait until what was done is known', async () => {
    vi.useFakeTimers();
    try {
      const locks = createLocks();
      const done: string[] = [];
      const doIn = (tab: string) =>
        oneTabAtATime('c1', () => Promise.resolve(void done.push(tab)), locks);
      const first = doIn('one');
      const second = doIn('two');
      await first;
      expect(done).toEqual(['one']);
      await vi.advanceTimersByTimeAsync(1_000);
      await second;
      expect(done).toEqual(['one', 'two']);
    } finally {
      vi.useRealTimers();
    }
  });

  it('has nobody wait for work that failed', async () => {
    const locks = createLocks();
    const failing = oneTabAtATime('c1', () => Promise.reject(new Error('no network')), locks);
    await expect(failing).rejects.toThrow('no network');
    expect(await oneTabAtATime('c1', () => Promise.resolve('done'), locks)).toBe('done');
  });

  it.each([
    ['there are no locks', undefined],
    ['locks are refused', { request: () => Promise.reject(new Error('blocked')) }],
  ])('works without waiting where %s', async (_where, locks) => {
    expect(await oneTabAtATime('c1', () => Promise.resolve('done'), locks)).toBe('done');
    const failing = oneTabAtATime('c1', () => Promise.reject(new Error('no network')), locks);
    await expect(failing).rejects.toThrow('no network');
  });
});
