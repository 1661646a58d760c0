import { randomUUID } from 'node:crypto';
import type {
  FlowInput,
  GenerateResult,
  RecordInput,
  RunActivities,
  RunEvent,
  RunView,
} from '@crmflow/contracts';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { Context } from '@temporalio/activity';
import { DefaultLogger, NativeConnection, Worker, bundleWorkflowCode } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { workflowBundleOptions } from '../../scripts/boot/workflow-bundle.mjs';
import { ask, node, row, say } from '../../tests/support/flows.js';
import { until } from '../../tests/support/until.js';
import { compileRun } from './compile-run.js';
import {
  type CommandSignal,
  commandSignalName,
  foreseenViewQueryName,
  messageSignalName,
  runFlowType,
  viewQueryName,
} from './messages.js';
import type { RunFlowInput } from './run-input.js';

type Draft = Omit<FlowInput, 'schemaVersion'>;

const taskQueue = `run-flow-${randomUUID()}`;
const logger = new DefaultLogger('ERROR', () => undefined);

describe('runFlow on a real Temporal', () => {
  let connection: Connection;
  let native: NativeConnection;
  let client: Client;
  let worker: Worker;
  let working: Promise<void>;
  let workflowBundle: { code: string };
  const logs = new Map<string, RunEvent[]>();
  const views = new Map<string, RunView>();
  const fails = new Set<string>();
  /** Until when the database of a run is away. */
  const outages = new Map<string, Promise<void>>();
  const deleted = new Set<string>();
  /** What the model says; without it a call waits for its cancellation. */
  const answers = new Map<string, Promise<GenerateResult>>();
  let heldUp = 0;
  const bursts: RecordInput['burst'][] = [];

  const activities: RunActivities = {
    async recordRunEvents({ runId, events, view, burst }: RecordInput) {
      if (deleted.has(runId)) return 'gone';
      const isLocal = Context.current().info.isLocal;
      if (isLocal && fails.has(runId)) throw new Error('the database is away');
      await outages.get(runId);
      views.set(runId, view);
      const known = logs.get(runId) ?? [];
      logs.set(runId, [...known.filter(({ seq }) => seq < (events[0]?.seq ?? 0)), ...events]);
      if (burst) bursts.push(burst);
      return burst ? { pauseMs: 30 } : 'recorded';
    },
    async generate({ runId }) {
      const prepared = answers.get(runId);
      if (prepared) return prepared;
      heldUp += 1;
      const context = Context.current();
      const beat = setInterval(() => context.heartbeat(), 200);
      return context.cancelled.finally(() => clearInterval(beat));
    },
    async callHttp() {
      throw new Error('nothing here calls a service');
    },
    async searchKnowledge() {
      throw new Error('nothing here searches');
    },
    async updateContact() {
      throw new Error('nothing here writes contacts');
    },
    async readOfficeHours() {
      throw new Error('nothing here has office hours');
    },
    async beginFlow() {
      throw new Error('nothing here runs flows');
    },
  };

  const work = async () => {
    worker = await Worker.create({
      connection: native,
      taskQueue,
      workflowBundle,
      activities: { ...activities },
      defaultHeartbeatThrottleInterval: '200ms',
      maxHeartbeatThrottleInterval: '200ms',
    });
    working = worker.run();
  };
  const rest = async () => {
    worker.shutdown();
    await working;
  };

  const start = (
    draft: Draft,
    before: { text: string }[] = [],
    prepare = (_: string) => {},
    way: Pick<RunFlowInput, 'mode' | 'pausePoints' | 'burst'> = {},
  ) => {
    const runId = `run-${randomUUID()}`;
    prepare(runId);
    const flow: FlowInput = { schemaVersion: 1, ...draft };
    const input = compileRun(flow, {
      runId,
      workflowId: 'flow',
      version: 'draft',
      input: {},
      startedAt: Date.now(),
      ...way,
    });
    const options = { taskQueue, workflowId: runId, args: [input] };
    const [first] = before;
    if (!first) return client.workflow.start(runFlowType, options);
    return client.workflow.signalWithStart(runFlowType, {
      ...options,
      signal: messageSignalName,
      signalArgs: [{ messageId: 'early', text: first.text, at: Date.now() }],
    });
  };
  const stepped = (draft: Draft) => start(draft, [], () => {}, { mode: 'step' });
  const command = (run: { signal: WorkflowHandle['signal'] }, one: CommandSignal) =>
    run.signal(commandSignalName, one);
  const pausedBefore = (runId: string) =>
    (logs.get(runId) ?? []).flatMap(({ type, nodeId }) => (type === 'paused' ? [nodeId] : []));
  const pausedAt = (runId: string, nodeId: string) =>
    until(`a pause before ${nodeId}`, () => pausedBefore(runId).includes(nodeId));
  const typesOf = (runId: string) => (logs.get(runId) ?? []).map(({ type }) => type);

  beforeAll(async () => {
    const address = inject('temporalAddress');
    connection = await Connection.connect({ address });
    native = await NativeConnection.connect({ address });
    client = new Client({ connection });
    workflowBundle = await bundleWorkflowCode({ ...workflowBundleOptions, logger });
    await work();
  });

  afterAll(async () => {
    await rest();
    await native.close();
    await connection.close();
  });

  it('takes a reply that came before its first step, after it has told that it waits', async () => {
    const run = await start(row([ask('it')]), [{ text: 'early bird' }]);
    expect(await run.result()).toEqual({ status: 'completed' });
    const types = typesOf(run.workflowId);
    expect(types.indexOf('waiting')).toBeGreaterThan(0);
    expect(types.indexOf('message')).toBeGreaterThan(types.indexOf('waiting'));
  });

  it('records by the patient way what the quick one could not', async () => {
    const run = await start(row([say('it', 'Hello.')]), [], (runId) => fails.add(runId));
    expect(await run.result()).toEqual({ status: 'completed' });
    expect(typesOf(run.workflowId).at(-1)).toBe('run.finished');
  });

  it('lets others go first where it is asked to, and tells all once', async () => {
    const texts = Array.from({ length: 100 }, (_, i) => say(`n${i}`, 'x'.repeat(6_000)));
    const { graph, variables, ...rest } = compileRun(
      { schemaVersion: 1, ...row(texts) },
      { runId: `run-${randomUUID()}`, workflowId: 'f', version: 1, input: {}, startedAt: 0 },
    );
    const { runId } = rest;
    const run = await client.workflow.start(runFlowType, {
      ...{ taskQueue, workflowId: runId },
      args: [
        { ...rest, workspaceId: 'ada' },
        { programOf: 'v1', graph, variables },
      ],
    });
    expect(await run.result()).toEqual({ status: 'completed' });
    const seqs = (logs.get(runId) ?? []).map(({ seq }) => seq);
    expect(seqs).toEqual(seqs.map((_, i) => i + 1));
    expect(bursts.length).toBeGreaterThan(1);
    expect(bursts.every((burst) => burst?.workspaceId === 'ada' && burst.cost >= 100_000)).toBe(
      true,
    );
    const { events } = await run.fetchHistory();
    const fired = events?.filter((event) => event.timerFiredEventAttributes) ?? [];
    expect(fired).toHaveLength(bursts.length);
  });

  it('ends where it was deleted', async () => {
    const run = await start(row([ask('it')]), [], (runId) => deleted.add(runId));
    await expect(run.result()).rejects.toMatchObject({ cause: { type: 'run_deleted' } });
  });

  it('a cancelled call ends before the run does', async () => {
    const run = await start(row([node('it', 'ai', { prompt: 'Wait' })]));
    await until('the call', () => heldUp > 0);
    await run.cancel();
    await expect(run.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
    expect(logs.get(run.workflowId)?.at(-1)).toMatchObject({
      type: 'run.finished',
      data: { status: 'cancelled' },
    });
  });

  it('waits on under another worker, and hears what was said between them', async () => {
    const run = await start(row([ask('it')]));
    await until('the wait', () => typesOf(run.workflowId).includes('waiting'));
    await rest();
    await run.signal(messageSignalName, { messageId: 'm', text: 'still there?', at: Date.now() });
    await work();
    expect(await run.result()).toEqual({ status: 'completed' });
    const seqs = (logs.get(run.workflowId) ?? []).map(({ seq }) => seq);
    expect(seqs).toEqual(seqs.map((_, i) => i + 1));
  });

  it('steps on under another worker, by commands that came between them', async () => {
    const run = await stepped(row([say('a', 'A'), ask('b'), say('c', 'C')]));
    await pausedAt(run.workflowId, 'start');
    await rest();
    const place = { visit: 1, at: Date.now() };
    await command(run, { kind: 'execute', nodeId: 'start', ...place });
    await command(run, { kind: 'execute', nodeId: 'start', ...place });
    await command(run, { kind: 'skip', nodeId: 'a', ...place });
    await run.signal(messageSignalName, { messageId: 'm', text: 'early', at: Date.now() });
    await command(run, { kind: 'continue', at: Date.now() });
    await work();
    expect(await run.result()).toEqual({ status: 'completed' });
    expect(pausedBefore(run.workflowId)).toEqual(['start', 'a', 'b']);
    expect(typesOf(run.workflowId).filter((type) => type === 'message')).toHaveLength(2);
  });

  it('foresees where commands lead while the log is still behind', async () => {
    const run = await stepped(row([say('a', 'A'), say('b', 'B'), say('c', 'C')]));
    await pausedAt(run.workflowId, 'start');
    let mend = () => {};
    outages.set(run.workflowId, new Promise((resolve) => (mend = resolve)));
    fails.add(run.workflowId);
    const place = { visit: 1, at: Date.now() };
    await command(run, { kind: 'execute', nodeId: 'start', ...place });
    const foreseen = () => run.query<RunView>(foreseenViewQueryName);
    expect(await foreseen()).toMatchObject({ currentNodes: [{ nodeId: 'a', state: 'paused' }] });
    await command(run, { kind: 'skip', nodeId: 'a', ...place });
    await command(run, { kind: 'execute', nodeId: 'b', ...place });
    expect(await foreseen()).toMatchObject({ currentNodes: [{ nodeId: 'c', state: 'paused' }] });
    expect(pausedBefore(run.workflowId)).toEqual(['start']);
    expect(await run.query<RunView>(viewQueryName)).toMatchObject({
      currentNodes: [{ nodeId: 'start', state: 'paused' }],
    });
    mend();
    await command(run, { kind: 'continue', nodeId: 'c', ...place });
    expect(await run.result()).toEqual({ status: 'completed' });
    expect(pausedBefore(run.workflowId)).toEqual(['start', 'a', 'b', 'c']);
  });

  it('pauses after a call at what was asked for while it ran, and shows that at once', async () => {
    let answer = (_: GenerateResult) => {};
    const answered = new Promise<GenerateResult>((resolve) => (answer = resolve));
    const draft = row([node('it', 'ai', { prompt: 'Wait' }), say('b', 'B')]);
    const run = await start(draft, [], (runId) => answers.set(runId, answered));
    await until('the call', () => typesOf(run.workflowId).includes('ai.started'));
    await command(run, { kind: 'pausePoints', nodeIds: ['b'], at: Date.now() });
    expect(await run.query<RunView>(viewQueryName)).toMatchObject({ pausePoints: ['b'] });
    const usage = { inputTokens: 1, outputTokens: 1 };
    answer({ text: 'Done', usage, model: 'fake', at: Date.now() + 1 });
    await pausedAt(run.workflowId, 'b');
    await command(run, { kind: 'continue', at: Date.now() + 2 });
    expect(await run.result()).toEqual({ status: 'completed' });
  });

  it('writes down what no event tells: that it runs on, and its pause points', async () => {
    const run = await stepped(row([ask('it'), say('b', 'B')]));
    await pausedAt(run.workflowId, 'start');
    await command(run, { kind: 'execute', nodeId: 'start', visit: 1, at: Date.now() });
    await command(run, { kind: 'execute', nodeId: 'it', visit: 1, at: Date.now() });
    await command(run, { kind: 'continue', at: Date.now() });
    await command(run, { kind: 'pausePoints', nodeIds: ['b'], at: Date.now() });
    const shown = { status: 'waiting', stepping: false, pausePoints: ['b'] };
    await until('the view', () => {
      const view = views.get(run.workflowId);
      return view?.stepping === false && view.pausePoints?.length === 1;
    });
    expect(views.get(run.workflowId)).toMatchObject(shown);
    expect(await run.query<RunView>(viewQueryName)).toMatchObject(shown);
    await run.cancel();
    await expect(run.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
  });

  it('waits until somebody has said all, also under another worker', async () => {
    const draft = row([ask('it', { timeout: 'PT2S' })]);
    const run = await start(draft, [], () => {}, { burst: { quietMs: 3_000, maxMs: 60_000 } });
    const { workflowId } = run;
    await until('the wait', () => typesOf(workflowId).includes('waiting'));
    const say = (text: string) =>
      run.signal(messageSignalName, { messageId: text, text, at: Date.now() });
    await say('one');
    await say('two');
    await rest();
    await say('three');
    await work();
    expect(await run.result()).toEqual({ status: 'completed' });
    const said = (logs.get(workflowId) ?? []).flatMap((event) => {
      if (event.type === 'message') return [event.data.id];
      return event.type === 'variable.set' ? [event.data.value] : [];
    });
    expect(said).toEqual(['one', 'two', 'three', 'one\ntwo\nthree']);
  });

  it('a reply stamped after the deadline comes too late, whenever it arrives', async () => {
    const run = await start(row([ask('it', { timeout: 'PT1H' })]));
    await until('the wait', () => typesOf(run.workflowId).includes('waiting'));
    const at = Date.now() + 2 * 3_600_000;
    await run.signal(messageSignalName, { messageId: 'm', text: 'late', at });
    expect(await run.result()).toEqual({ status: 'timed_out' });
  });
});
