import type { FlowResource } from '@crmflow/contracts';
import { effect } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../../api/api-error.js';
import { replaceFlow } from '../commands/flow.js';
import { addPiece, newNode } from '../commands/new-node.js';
import { openFlow } from '../model/flow-document.js';
import type { EditedFlow } from '../model/record.js';
import { createAutoSave } from './auto-save.js';
import type { LocalDraft, LocalDrafts } from './local-drafts.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const empty: EditedFlow = { name: 'A flow', description: '', variables: [], nodes: [], edges: [] };

function setUp({ keeps = true } = {}) {
  const document = openFlow(empty);
  const held = new Map<string, LocalDraft>();
  const drafts: LocalDrafts = {
    read: async (id) => held.get(id),
    write: async (id, flow) => keeps && Boolean(held.set(id, flow)),
    forget: async (id) => void held.delete(id),
  };
  const server = {
    revision: 1,
    flow: empty,
    failure: undefined as ApiError | undefined,
    isHeardOf: true,
    hangs: undefined as Promise<void> | undefined,
    puts: 0,
  };
  const answer = () => ({ ...server.flow, revision: server.revision }) as unknown as FlowResource;
  const stale = () => new ApiError('stale_revision', 'changed', [], server.revision);
  const saving = createAutoSave({
    ...{ id: 'f', document, revision: 1, isChanged: false, drafts },
    adopt: (theirs) => document.apply(replaceFlow(document, theirs)),
    read: async () => answer(),
    async put(_, { revision, ...flow }) {
      server.puts += 1;
      if (server.hangs) await server.hangs;
      if (server.failure) throw server.failure;
      if (revision !== server.revision) throw stale();
      server.revision += 1;
      server.flow = flow;
      if (!server.isHeardOf) throw new ApiError('unreachable', 'no answer');
      return answer();
    },
  });
  let nodes = 0;
  const change = () =>
    document.apply(
      addPiece(document, {
        first: newNode('speak', `n${(nodes += 1)}`, 'Speak', { x: 0, y: 0 }),
      }),
    );
  /** Publishes as the server does: only the revision that it has. */
  const published: number[] = [];
  const publish = () =>
    saving.whenSaved(async (revision) => {
      if (revision !== server.revision) throw stale();
      published.push(revision);
      return revision;
    });
  /** Another tab saves a flow of another name. */
  const otherSaves = () => {
    server.revision += 1;
    server.flow = { ...server.flow, name: `Theirs ${server.revision}` };
  };
  return { saving, server, held, change, publish, published, otherSaves, document };
}

it('saves once, a second after the last of several changes', async () => {
  const { saving, server, held, change } = setUp();
  change();
  await vi.advanceTimersByTimeAsync(900);
  change();
  await vi.advanceTimersByTimeAsync(900);
  expect([server.puts, saving.state.value.kind]).toEqual([0, 'dirty']);
  await vi.advanceTimersByTimeAsync(200);
  expect([server.puts, saving.state.value.kind, held.size]).toEqual([1, 'saved', 0]);
});

it('keeps on the device what the server does not take now, and tries again by itself', async () => {
  const { saving, server, held, change } = setUp();
  server.failure = new ApiError('unreachable', 'no answer');
  change();
  await vi.advanceTimersByTimeAsync(1_100);
  expect(saving.state.value).toMatchObject({ kind: 'offline', isKept: true });
  expect(held.get('f')?.flow.nodes).toHaveLength(1);
  server.failure = undefined;
  await vi.advanceTimersByTimeAsync(2_100);
  expect([saving.state.value.kind, held.size, server.revision]).toEqual(['saved', 0, 2]);
});

it('says so where the browser keeps nothing, and saves all the same', async () => {
  const { saving, server, change } = setUp({ keeps: false });
  server.failure = new ApiError('unreachable', 'no answer');
  change();
  await vi.advanceTimersByTimeAsync(1_100);
  expect(saving.state.value).toMatchObject({ kind: 'offline', isKept: false });
  server.failure = undefined;
  await saving.flush();
  expect(saving.state.value.kind).toBe('saved');
});

it('waits for a choice where somebody else has saved, and saves over it when told to', async () => {
  const { saving, server, change } = setUp();
  server.revision = 7;
  change();
  await vi.advanceTimersByTimeAsync(1_100);
  expect(saving.state.value.kind).toBe('conflict');
  change();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(server.puts).toBe(1);
  await saving.keepMine();
  expect([saving.state.value.kind, server.revision]).toEqual(['saved', 8]);
});

it('tries no more what the server refuses as it is, until it changes', async () => {
  const { saving, server, change } = setUp();
  server.failure = new ApiError('invalid', 'has faults', [{ path: 'nodes[0]', message: 'x' }]);
  change();
  await vi.advanceTimersByTimeAsync(60_000);
  expect([server.puts, saving.state.value.kind]).toEqual([1, 'refused']);
  server.failure = undefined;
  change();
  await vi.advanceTimersByTimeAsync(1_100);
  expect(saving.state.value.kind).toBe('saved');
});

it('takes as saved what the server had taken before its answer was lost', async () => {
  const { saving, server, change } = setUp();
  server.isHeardOf = false;
  change();
  await vi.advanceTimersByTimeAsync(1_100);
  expect(saving.state.value.kind).toBe('offline');
  server.isHeardOf = true;
  await vi.advanceTimersByTimeAsync(2_100);
  expect([saving.state.value.kind, server.revision]).toEqual(['saved', 2]);
  change();
  await vi.advanceTimersByTimeAsync(1_100);
  expect([saving.state.value.kind, server.revision]).toEqual(['saved', 3]);
});

it('keeps what is typed while an answer does not come, and while a choice is waited for', async () => {
  const { saving, server, held, change } = setUp();
  let answers: () => void = () => undefined;
  server.hangs = new Promise((resolve) => (answers = resolve));
  change();
  await vi.advanceTimersByTimeAsync(1_100);
  change();
  await vi.advanceTimersByTimeAsync(1_100);
  expect([saving.state.value.kind, held.get('f')?.flow.nodes.length]).toEqual(['saving', 2]);
  server.revision = 7;
  answers();
  await vi.advanceTimersByTimeAsync(1_100);
  change();
  await vi.advanceTimersByTimeAsync(1_100);
  expect([saving.state.value.kind, held.get('f')?.flow.nodes.length]).toEqual(['conflict', 3]);
  change();
  await saving.keep();
  expect(held.get('f')).toMatchObject({ revision: 1, flow: { nodes: [{}, {}, {}, {}] } });
});

describe('what needs the saved flow', () => {
  it('is done with the revision that has all changes', async () => {
    const { server, change, publish } = setUp();
    expect(await publish()).toBe(1);
    change();
    expect([await publish(), server.puts]).toEqual([2, 1]);
  });

  it.each([
    ['offline', new ApiError('unreachable', 'The server does not answer.')],
    ['refused', new ApiError('invalid', 'Node 1 has no text.')],
  ])('is not done while saving is %s, and says why', async (kind, failure) => {
    const { saving, server, change, publish, published } = setUp();
    server.failure = failure;
    change();
    await expect(publish()).rejects.toMatchObject({
      code: failure.code,
      message: `Your changes aren’t saved yet. ${failure.message}`,
    });
    expect([saving.state.value.kind, published]).toEqual([kind, []]);
    server.failure = undefined;
    expect(await publish()).toBe(2);
  });

  it('is not done in a conflict, until a person has chosen', async () => {
    const { saving, server, change, publish, published } = setUp();
    server.revision = 7;
    change();
    await expect(publish()).rejects.toMatchObject({ code: 'stale_revision' });
    await expect(publish()).rejects.toMatchObject({ code: 'stale_revision' });
    expect([saving.state.value.kind, server.puts, published]).toEqual(['conflict', 1, []]);
    await saving.keepMine();
    expect(await publish()).toBe(8);
  });

  it('shows the conflict where somebody else has saved and nothing here was changed', async () => {
    const { saving, server, publish, published } = setUp();
    server.revision = 2;
    server.flow = { ...empty, name: 'Theirs' };
    await expect(publish()).rejects.toMatchObject({ code: 'stale_revision' });
    expect([saving.state.value.kind, published]).toEqual(['conflict', []]);
  });

  it('is done again where what was saved meanwhile has the same content', async () => {
    const { server, publish } = setUp();
    server.revision = 5;
    expect(await publish()).toBe(5);
  });

  it('waits for a save under way, and never takes one that failed for done', async () => {
    const { saving, server, change, publish, published } = setUp();
    let answers: () => void = () => undefined;
    server.hangs = new Promise((resolve) => (answers = resolve));
    server.failure = new ApiError('unreachable', 'no answer');
    change();
    const all = [saving.flush(), publish(), publish()].map((one) => one.catch(() => 'rejected'));
    await vi.advanceTimersByTimeAsync(100);
    answers();
    const [first, ...others] = await Promise.all(all);
    expect(first).toMatchObject({ kind: 'offline' });
    expect([others, published]).toEqual([['rejected', 'rejected'], []]);
  });
});

describe('what another tab saves', () => {
  it('is followed when nothing here is unsaved, and isn’t saved again', async () => {
    const { saving, server, otherSaves, document } = setUp();
    const kinds = new Set<string>();
    const stop = effect(() => void kinds.add(saving.state.value.kind));
    otherSaves();
    expect(await saving.follow(server.revision)).toBe(true);
    stop();
    // Whatever else is seen is told to the others as an edit of this tab.
    expect([...kinds]).toEqual(['saved']);
    expect(document.flow().name).toBe('Theirs 2');
    expect(saving.state.value).toMatchObject({ kind: 'saved', revision: 2 });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(server.puts).toBe(0);
  });

  it('isn’t taken for someone else’s when this tab saved it, however early the event arrives', async () => {
    const { saving, server, change } = setUp();
    let arrive = () => {};
    server.hangs = new Promise((resolve) => (arrive = resolve));
    change();
    await vi.advanceTimersByTimeAsync(1_100);
    const followed = saving.follow(2);
    arrive();
    expect(await followed).toBe(false);
    expect(saving.state.value).toMatchObject({ kind: 'saved', revision: 2 });
  });

  it('replaces nothing that is not saved yet: that is a conflict', async () => {
    const { saving, server, change, otherSaves, document } = setUp();
    change();
    otherSaves();
    expect(await saving.follow(server.revision)).toBe(false);
    expect(document.nodeIds.peek().size).toBe(1);
    await vi.advanceTimersByTimeAsync(1_100);
    expect(saving.state.value.kind).toBe('conflict');
  });

  it('is only a newer revision where it has the same content', async () => {
    const { saving, server } = setUp();
    server.revision = 4;
    expect(await saving.follow(4)).toBe(false);
    expect(saving.state.value).toMatchObject({ kind: 'saved', revision: 4 });
    expect(await saving.follow(3)).toBe(false);
  });
});
