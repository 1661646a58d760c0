import type { JsonObject, StartRun } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { converse } from '../support/conversation.js';
import { ask, type Draft, edge, flowOf, node, row, say } from '../support/flows.js';
import { follow } from '../support/follower.js';
import { useInstallation } from '../support/installation.js';
import { type Place, stepThrough } from '../support/stepper.js';
import { pathOf, spoken } from '../support/story.js';
import { until } from '../support/until.js';

const installation = useInstallation();

async function begin(draft: Draft, way: Partial<StartRun> = { mode: 'step' }) {
  const { client } = installation;
  const workflowId = await client.save(draft);
  const conversation = await converse(client, { workflowId, version: 'draft', ...way });
  return { conversation, step: stepThrough(conversation) };
}

/** All six kinds in one row, the branch among them. */
const sixKinds = (): Draft =>
  flowOf(
    [
      say('hello', 'Hello!'),
      ask('name'),
      node('which', 'logic', { kind: 'branch', cases: [{ handle: 'long', when: 'false' }] }),
      node('think', 'ai', { prompt: 'Greet {{ vars.name }}', output: 'both', saveAs: 'words' }),
      node('order', 'integration', {
        ...{ kind: 'http', method: 'POST', url: `${installation.echo.url}/orders` },
        body: { name: '{{ vars.name }}' },
      }),
      say('bye', 'Bye, {{ vars.name }}.'),
    ],
    [
      edge('start', 'out', 'hello'),
      edge('hello', 'out', 'name'),
      edge('name', 'out', 'which'),
      edge('which', 'else', 'think'),
      edge('think', 'out', 'order'),
      edge('order', 'out', 'bye'),
    ],
  );

const inOrder = ['start', 'hello', 'name', 'which', 'think', 'order', 'bye'];

describe('step mode over a socket', () => {
  it('goes through all six kinds node by node, each at the very moment of its pause', async () => {
    const { conversation, step } = await begin(sixKinds());
    for (const nodeId of inOrder) {
      await step.pausedAt(nodeId);
      const { status, currentNodes, mode, lastSeq } = await installation.client.snapshot(
        conversation.runId,
      );
      expect({ status, currentNodes, mode, lastSeq }).toEqual({
        ...{ status: 'paused', mode: 'step', lastSeq: conversation.told.length },
        currentNodes: [{ nodeId, visit: 1, state: 'paused', reason: 'step' }],
      });
      await step.execute({ nodeId, visit: 1 });
      if (nodeId === 'name') await conversation.say('Ada');
    }
    expect(await conversation.finished()).toMatchObject({ status: 'completed' });
    expect(spoken(conversation)).toEqual([
      ...['system: Hello!', 'user: Ada', 'ai: Answer to Greet Ada', 'system: Bye, Ada.'],
    ]);
    expect(installation.echo.countOf(`${conversation.runId}:order:1`)).toBe(1);
    const places = conversation.told.flatMap(({ event, payload }) =>
      event === 'run:paused' || event === 'workflow:node_activated'
        ? [`${event === 'run:paused' ? '|' : ''}${String(payload['nodeId'])}`]
        : [],
    );
    expect(places).toEqual(inOrder.flatMap((nodeId) => [`|${nodeId}`, nodeId]));
    expect(conversation.faults).toEqual([]);
    await expect(step.execute({ nodeId: 'bye' })).rejects.toThrow('run_finished');
  });

  it('executes at the instant of the event, before anything else is asked', async () => {
    const nodes = Array.from({ length: 25 }, (_, i) => say(`n${i}`, `${i}`));
    const { conversation, step } = await begin(row(nodes));
    const refusals: string[] = [];
    const onPause = (paused: object) => {
      const { nodeId, visit = 1 } = paused as Place;
      step.execute({ nodeId, visit }).catch((error: Error) => refusals.push(error.message));
    };
    conversation.socket.on('run:paused', onPause);
    const first = conversation.told.find(({ event }) => event === 'run:paused');
    if (first) onPause(first.payload);
    expect(await conversation.finished()).toMatchObject({ status: 'completed' });
    expect(refusals).toEqual([]);
    expect(spoken(conversation)).toHaveLength(25);
  });

  it('skips nodes: nothing is said, called or asked', async () => {
    const { conversation, step } = await begin(sixKinds());
    await step.pausedAt('start');
    await step.execute({ nodeId: 'start' });
    await step.pausedAt('hello');
    await step.advance('hello', 1);
    await step.pausedAt('name');
    await step.execute({ nodeId: 'name' });
    await conversation.see('system:waiting_for_input');
    await step.advance('name');
    await step.pausedAt('which');
    await step.advance('which');
    expect(await conversation.finished()).toMatchObject({ status: 'completed' });
    expect(spoken(conversation)).toEqual([]);
    expect(pathOf(conversation)).toEqual(['start.out', 'hello.out', 'name.out', 'which.long']);
    const skipped = conversation.told.filter(({ payload }) => payload['skipped'] === true);
    expect(skipped.map(({ payload }) => payload['nodeId'])).toEqual(['hello', 'name', 'which']);
  });

  it('moves one step by clicks that come twice', async () => {
    const { conversation, step } = await begin(row([say('a', 'A'), say('b', 'B'), say('c', 'C')]));
    await step.pausedAt('start');
    const clicks = [1, 2, 3, 4].map(() => step.execute({ nodeId: 'start' }));
    await Promise.allSettled(clicks);
    await step.pausedAt('a');
    await expect(step.execute({ nodeId: 'start', visit: 1 })).rejects.toThrow('not_paused_there');
    await Promise.allSettled([1, 2].map(() => step.advance('a', 1)));
    await step.pausedAt('b');
    const { currentNodes } = await installation.client.snapshot(conversation.runId);
    expect(currentNodes).toMatchObject([{ nodeId: 'b', visit: 1 }]);
    expect(pathOf(conversation)).toEqual(['start.out', 'a.out']);
  });

  it('goes on after the worker was killed, also by what was sent meanwhile', async () => {
    const { client, system } = installation;
    const { conversation, step } = await begin(row([say('a', 'A'), ask('b'), say('c', 'C')]));
    await step.pausedAt('start');
    await step.execute({ nodeId: 'start', visit: 1 });
    await step.pausedAt('a');
    await system.kill('worker');
    await step.execute({ nodeId: 'a', visit: 1 });
    await conversation.say('an early answer');
    const late = await follow(client.socket(), conversation.runId, 0);
    await step.pausedAt('b');
    await system.kill('worker');
    await step.onward({ nodeId: 'b', visit: 1 });
    expect(await conversation.finished()).toMatchObject({ status: 'completed' });
    expect(spoken(conversation)).toEqual(['system: A', 'user: an early answer', 'system: C']);
    expect(conversation.faults).toEqual([]);
    await late.sees(conversation.told.length);
    expect(late.told).toEqual(conversation.told.map(({ payload }) => payload));
  });

  it('is shown to who attaches while it is paused, and is theirs to go on with', async () => {
    const { client } = installation;
    const { conversation, step } = await begin(row([say('a', 'A'), say('b', 'B')]));
    await step.pausedAt('start');
    const { runId } = conversation;
    const socket = client.socket();
    const other = await follow(socket, runId);
    expect(other.snapshot).toMatchObject({
      ...{ status: 'paused', mode: 'step', stepping: true, pausePoints: [] },
      currentNodes: [{ nodeId: 'start', visit: 1, state: 'paused', reason: 'step' }],
    });
    expect(await socket.emitWithAck('node:execute', { runId, nodeId: 'start' })).toEqual({
      ...{ ok: true, accepted: true },
    });
    await step.pausedAt('a');
    await other.sees(conversation.told.length);
    expect(other.told[0]).toMatchObject({ seq: other.snapshot.lastSeq + 1, nodeId: 'start' });
    const stranger = await installation.another();
    const refused = await stranger.socket().emitWithAck('node:execute', { runId, nodeId: 'a' });
    expect(refused).toMatchObject({ ok: false, error: { code: 'not_found' } });
  });

  it('ends at a pause when it is cancelled', async () => {
    const { conversation, step } = await begin(row([say('a', 'A')]));
    await step.pausedAt('start');
    await conversation.socket.emitWithAck('session:end', { runId: conversation.runId });
    expect(await conversation.finished()).toMatchObject({ status: 'cancelled' });
  });
});

describe('pause points', () => {
  it('hold a run in auto mode, which steps or runs on from there', async () => {
    const draft = row([say('a', 'A'), say('b', 'B'), say('c', 'C'), say('d', 'D')]);
    const { conversation, step } = await begin(draft, { pausePoints: ['b', 'd'] });
    await step.pausedAt('b');
    expect(await installation.client.snapshot(conversation.runId)).toMatchObject({
      ...{ status: 'paused', mode: 'auto', stepping: false, pausePoints: ['b', 'd'] },
      currentNodes: [{ nodeId: 'b', reason: 'pause_point' }],
    });
    await step.execute({ nodeId: 'b' });
    await step.pausedAt('c');
    await Promise.allSettled([1, 2].map(() => step.onward({ nodeId: 'c', visit: 1 })));
    await step.pausedAt('d');
    await step.onward();
    expect(await conversation.finished()).toMatchObject({ status: 'completed' });
  });

  it('can be set while a call runs, and are shown at once', async () => {
    const { client } = installation;
    let answer = () => {};
    const asked = new Promise<void>((resolve) => (answer = resolve));
    installation.onPrompt('Take your time', () => ({
      ...{ kind: 'answer', text: 'Done.', gap: () => asked },
    }));
    const draft = row([node('think', 'ai', { prompt: 'Take your time' }), say('b', 'B')]);
    const { conversation, step } = await begin(draft, {});
    await conversation.see('ai:processing_start');
    await step.pausePoints('b');
    await until('the pause points in the snapshot', async () => {
      const { pausePoints } = await client.snapshot(conversation.runId);
      return pausePoints[0] === 'b';
    });
    answer();
    await step.pausedAt('b');
    await step.pausePoints();
    await step.onward();
    expect(await conversation.finished()).toMatchObject({ status: 'completed' });
  });
});

describe('step mode over REST', () => {
  it('steps by commands that follow each other at once', async () => {
    const { client } = installation;
    const workflowId = await client.save(
      row([say('a', 'A'), ask('b'), say('c', 'C'), say('d', 'D'), say('e', 'E')]),
    );
    const { body } = await client.call<{ runId: string }>(
      'POST',
      `/api/workflows/${workflowId}/runs`,
      { version: 'draft', mode: 'step' },
    );
    const { runId } = body;
    const answers: unknown[] = [];
    const post = async (path: string, json: JsonObject) => {
      const answer = await client.call('POST', `/api/runs/${runId}/${path}`, json);
      answers.push(answer.body['code'] ?? answer.status);
    };
    await post('execute', { nodeId: 'start' });
    await post('execute', { nodeId: 'a', visit: 1 });
    await post('advance', { fromNodeId: 'b' });
    await post('pause-points', { nodeIds: ['e'] });
    await post('execute', { nodeId: 'none' });
    await post('execute', { nodeId: 'a' });
    await post('continue', {});
    expect(answers).toEqual([202, 202, 202, 202, 'invalid', 'not_paused_there', 202]);
    await until('the pause point', async () => {
      const { currentNodes } = await client.snapshot(runId);
      return currentNodes[0]?.nodeId === 'e';
    });
    await post('execute', { nodeId: 'e' });
    await until('the end', async () => (await client.snapshot(runId)).status === 'completed');
    await post('continue', {});
    expect(answers.slice(7)).toEqual([202, 'run_finished']);
    const said = (await client.snapshot(runId)).messages.map(({ text }) => text);
    expect(said).toEqual(['A', 'C', 'D', 'E']);
  });
});
