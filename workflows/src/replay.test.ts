import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DeterminismViolationError } from '@temporalio/workflow';
import proto from '@temporalio/proto';
import { DefaultLogger, Runtime, Worker, bundleWorkflowCode } from '@temporalio/worker';
import { beforeAll, describe, expect, it } from 'vitest';
import { workflowBundleOptions } from '../../scripts/boot/workflow-bundle.mjs';
import { createProgramCodec } from '../../worker/src/program-codec.js';

const { History } = proto.temporal.api.history.v1;

type Recorded = {
  workflowId: string;
  history: { events: object[] };
  /** By their versions; earlier releases wrote them into the history. */
  programs?: Record<string, object>;
};

const logger = new DefaultLogger('ERROR', () => undefined);
const folder = new URL('../test/histories/', import.meta.url);
const names = readdirSync(folder).map((file) => file.replace('.json', ''));

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as Recorded;

const bundle = (workflowsPath: string) =>
  bundleWorkflowCode({ ...workflowBundleOptions, workflowsPath, logger });

async function replay(workflowBundle: { code: string }, name: string): Promise<Error | undefined> {
  const { workflowId, history, programs = {} } = read(name);
  const query = async (_: string, [id = '']: string[]) => ({
    rows: [{ program: JSON.stringify(programs[id]) }],
  });
  const dataConverter = { payloadCodecs: [createProgramCodec({ query } as never)] };
  for await (const { error } of Worker.runReplayHistories({ workflowBundle, dataConverter }, [
    { workflowId, history: History.fromObject(history) },
  ])) {
    return error;
  }
  throw new Error(`${name} was not replayed`);
}

describe('recorded runs', () => {
  let current: { code: string };
  let changed: { code: string };

  beforeAll(async () => {
    Runtime.install({ logger });
    current = await bundle(workflowBundleOptions.workflowsPath);
    changed = await bundle(fileURLToPath(new URL('../test/changed-run-flow.mjs', import.meta.url)));
  }, 60_000);

  it.each(names)('%s: today’s interpreter goes the same way', async (name) => {
    expect(await replay(current, name)).toBeUndefined();
  });

  it.each(names)('%s: a changed interpreter is caught', async (name) => {
    expect(await replay(changed, name)).toBeInstanceOf(DeterminismViolationError);
  });

  it.each([
    ['retry', 'activityTaskStartedEventAttributes', '"attempt":3'],
    ['database-outage', 'activityTaskScheduledEventAttributes', 'recordRunEvents'],
    ['cancelled-call', 'activityTaskCancelRequestedEventAttributes', ''],
    ['stepped', 'timerCanceledEventAttributes', ''],
    ['pause-points', 'workflowExecutionSignaledEventAttributes', '"signalName":"command"'],
    ['migrated', 'workflowExecutionUpdateCompletedEventAttributes', ''],
    ['retried', 'upsertWorkflowSearchAttributesEventAttributes', 'CrmflowStatus'],
    ['by-reference', 'timerFiredEventAttributes', ''],
    ['by-reference', 'workflowExecutionUpdateCompletedEventAttributes', ''],
    ['conversation', 'activityTaskScheduledEventAttributes', '"activityId":"lead:1#3"'],
    ['taken-over', 'workflowExecutionSignaledEventAttributes', '"signalName":"person"'],
    ['callback', 'workflowExecutionSignaledEventAttributes', '"signalName":"callback"'],
    ['taken-over', 'activityTaskScheduledEventAttributes', '"activityId":"think:1#2"'],
  ])('%s shows what it is there for', (name, attributes, detail) => {
    const shown = read(name).history.events.map((event) => JSON.stringify(event));
    expect(shown.some((event) => event.includes(attributes) && event.includes(detail))).toBe(true);
  });
});
