import type { FlowResource } from '@crmflow/contracts';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ApiError } from '../../api/api-error.js';
import { newNode } from '../commands/new-node.js';
import { addNode } from '../commands/nodes.js';
import { openFlow } from '../model/flow-document.js';
import type { EditedFlow } from '../model/record.js';
import { createAutoSave } from './auto-save.js';
import type { KeptFlow, KeptFlows } from './kept-flow.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const empty: EditedFlow = { name: 'A flow', description: '', variables: [], nodes: [], edges: [] };

function setUp({ keeps = true } = {}) {
  const document = openFlow(empty);
  const held = new Map<string, KeptFlow>();
  const kept: KeptFlows = {
    read: async (id) => held.get(id),
    write: async (id, flow) => keeps && Boolean(held.set(id, flow)),
    forget: async (id) => void held.delete(id),
    forgetAll: async () => held.clear(),
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
  const saving = createAutoSave({
    ...{ id: 'f', document, revision: 1, isChanged: false, kept },
    read: async () => answer(),
    async put(_, { revision, ...flow }) {
      server.puts += 1;
      if (server.hangs) await server.hangs;
      if (server.failure) throw server.failure;
      if (revision !== server.revision) throw new ApiError('stale_revision', 'changed');
      server.revision += 1;
      server.flow = flow;
      if (!server.isHeardOf) throw new ApiError('unreachable', 'no answer');
      return answer();
    },
  });
  let nodes = 0;
  const change = () =>
    document.apply(
      addNode(document, newNode('speak', `n${(nodes += 1)}`, 'Speak', { x: 0, y: 0 })),
    );
  return { saving, server, held, change };
}

it('saves once, a second after the last of several changes', async () => {
  const { saving, server, held, change } = setUp();
  change();
  await vi.advanceTimersByTimeAsync(900);
  change();
  await vi.advanceTimersByTimeAsync(900);
  expect([server.puts, saving.status.value.kind]).toEqual([0, 'changed']);
  await vi.advanceTimersByTimeAsync(200);
  expect([server.puts, saving.status.value.kind, held.size]).toEqual([1, 'saved', 0]);
});

it('keeps on the device what the server does not take now, and tries again by itself', async () => {
  const { saving, server, held, change } = setUp();
  server.failure = new ApiError('unreachable', 'no answer');
  change();
  await vi.advanceTimersByTimeAsync(1_100);
  expect(saving.status.value).toMatchObject({ kind: 'offline', isKept: true });
  expect(held.get('f')?.flow.nodes).toHaveLength(1);
  server.failure = undefined;
  await vi.advanceTimersByTimeAsync(2_100);
  expect([saving.status.value.kind, held.size, server.revision]).toEqual(['saved', 0, 2]);
});

it('says so where the browser keeps nothing, and saves all the same', async () => {
  const { saving, server, change } = setUp({ keeps: false });
  server.failure = new ApiError('unreachable', 'no answer');
  change();
  await vi.advanceTimersByTimeAsync(1_100);
  expect(saving.status.value).toMatchObject({ kind: 'offline', isKept: false });
  server.failure = undefined;
  await saving.flush();
  expect(saving.status.value.kind).toBe('saved');
});

it('waits for a choice where somebody else has saved, and saves over it when told to', async () => {
  const { saving, server, change } = setUp();
  server.revision = 7;
  change();
  await vi.advanceTimersByTimeAsync(1_100);
  expect(saving.status.value.kind).toBe('stale');
  change();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(server.puts).toBe(1);
  await saving.keepMine();
  expect([saving.status.value.kind, server.revision]).toEqual(['saved', 8]);
});

it('tries no more what the server refuses as it is, until it changes', async () => {
  const { saving, server, change } = setUp();
  server.failure = new ApiError('invalid', 'has faults', [{ path: 'nodes[0]', message: 'x' }]);
  change();
  await vi.advanceTimersByTimeAsync(60_000);
  expect([server.puts, saving.status.value.kind]).toEqual([1, 'refused']);
  server.failure = undefined;
  change();
  await vi.advanceTimersByTimeAsync(1_100);
  expect(saving.status.value.kind).toBe('saved');
});

it('takes as saved what the server had taken before its answer was lost', async () => {
  const { saving, server, change } = setUp();
  server.isHeardOf = false;
  change();
  await vi.advanceTimersByTimeAsync(1_100);
  expect(saving.status.value.kind).toBe('offline');
  server.isHeardOf = true;
  await vi.advanceTimersByTimeAsync(2_100);
  expect([saving.status.value.kind, server.revision]).toEqual(['saved', 2]);
  change();
  await vi.advanceTimersByTimeAsync(1_100);
  expect([saving.status.value.kind, server.revision]).toEqual(['saved', 3]);
});

it('keeps what is typed while an answer does not come, and while a choice is waited for', async () => {
  const { saving, server, held, change } = setUp();
  let answers: () => void = () => undefined;
  server.hangs = new Promise((resolve) => (answers = resolve));
  change();
  await vi.advanceTimersByTimeAsync(1_100);
  change();
  await vi.advanceTimersByTimeAsync(1_100);
  expect([saving.status.value.kind, held.get('f')?.flow.nodes.length]).toEqual(['saving', 2]);
  server.revision = 7;
  answers();
  await vi.advanceTimersByTimeAsync(1_100);
  change();
  await vi.advanceTimersByTimeAsync(1_100);
  expect([saving.status.value.kind, held.get('f')?.flow.nodes.length]).toEqual(['stale', 3]);
  change();
  await saving.keep();
  expect(held.get('f')).toMatchObject({ revision: 1, flow: { nodes: [{}, {}, {}, {}] } });
});
