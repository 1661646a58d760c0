import {
  type Flow,
  type FlowTestInput,
  isKind,
  limits,
  type MockedAnswer,
  type Recording,
  type RunEvent,
  type TestStep,
} from '@crmflow/contracts';
import { durationOf } from '../duration-of.js';
import {
  type Log,
  readLog,
  type RecordedRun,
  recordedVisit,
  type RecordedVisit,
} from './read-log.js';
import { savedBy } from '../saved-by.js';

const failedBy = ({ code, message }: { code: string; message: string }): MockedAnswer => ({
  error: { code, message: message.slice(0, 2_000) },
});

const taking = (from: number, at: number) => (at > from ? { takes: durationOf(at - from) } : {});

/** What the calls of a visit ended with, numbered as they were made. */
function recordingsOf(flow: Flow, nodeId: string, visit: number, told: RecordedVisit): Recording[] {
  const node = flow.nodes.find(({ id }) => id === nodeId);
  if (!node) return [];
  const list: Recording[] = [];
  const add = (answer: MockedAnswer) => {
    const call = list.length + 1;
    list.push({ node: nodeId, visit, ...(call > 1 && { call }), ...answer });
  };
  const { answers, results, sets, failed, from } = told;
  if (isKind(node, 'http') || isKind(node, 'flow')) {
    if (failed) add({ ...failedBy(failed), ...taking(from, failed.at) });
    else {
      const saved = sets.find(({ name }) => name === node.data.saveAs);
      const at = saved?.at ?? told.leftAt ?? from;
      add({ return: saved?.value ?? null, ...taking(from, at) });
    }
    return list;
  }
  if (isKind(node, 'contact')) {
    if (failed) add({ ...failedBy(failed), ...taking(from, failed.at) });
    return list;
  }
  let result = 0;
  for (const { text, value, calls, failed: instead, from: askedAt, at } of answers) {
    const time = taking(askedAt, at);
    if (instead) add({ ...failedBy(instead), ...time });
    else add({ return: value ?? text, ...(calls && { calls }), ...time });
    for (const { name } of calls ?? []) {
      const tool = isKind(node, 'ai')
        ? node.data.tools?.find((one) => one.kind === 'integration' && one.name === name)
        : undefined;
      const target = tool?.kind === 'integration' ? tool.node : undefined;
      const used = flow.nodes.find(({ id }) => id === target);
      const saveAs = used && savedBy(used);
      const { error } = results[result] ?? {};
      result += 1;
      if (error) add(failedBy(error));
      else add({ return: sets.find((one) => one.name === saveAs)?.value ?? null });
    }
  }
  const isAsked = node.type === 'ai' || node.type === 'speak';
  if (isAsked && failed && !answers.some((one) => one.failed))
    add({ ...failedBy(failed), ...taking(from, failed.at) });
  return list;
}

/** The choice that a message was, where it was one on offer. */
function choiceOf(waiting: RunEvent | undefined, text: string): string | undefined {
  if (waiting?.type !== 'waiting') return undefined;
  const found = waiting.data.choices?.find(({ value, label }) => value === text || label === text);
  return found && (found.value || found.label);
}

function stepOf(event: RunEvent, waiting: RunEvent | undefined, log: Log): TestStep | undefined {
  switch (event.type) {
    case 'node.completed': {
      const { nodeId, visit } = event;
      if (nodeId === undefined || visit === undefined) return undefined;
      const { callback } = recordedVisit(log, nodeId, visit) ?? {};
      return callback === undefined ? undefined : { callback };
    }
    case 'message': {
      const { role, text } = event.data;
      if (role === 'operator') return { operator: { say: text } };
      if (role !== 'user') return text.trim() === '' ? undefined : { expect: { text } };
      const choice = choiceOf(waiting, text);
      return choice === undefined ? { user: text } : { choose: choice };
    }
    case 'control.changed': {
      const { by, how, name, toNodeId, note } = event.data;
      if (by === 'operator') return { operator: { takeOver: true, ...(name && { name }) } };
      if (how === undefined || how === 'timeout') return undefined;
      const more = { ...(toNodeId !== undefined && { nodeId: toNodeId }), ...(note && { note }) };
      return { operator: { handBack: how, ...more } };
    }
    case 'run.finished':
      return event.data.status === 'cancelled' ? { cancel: true } : undefined;
    default:
      return undefined;
  }
}

/** What happened, in order: who said what after which time, and what was said to that. */
function stepsOf({ events, startedAt }: RecordedRun, log: Log): TestStep[] {
  const steps: TestStep[] = [];
  let now = startedAt;
  let waiting: RunEvent | undefined;
  const passTo = (at: number) => {
    if (at <= now) return;
    steps.push({ after: durationOf(at - now) });
    now = at;
  };
  for (const event of events) {
    if (event.type === 'waiting') waiting = event;
    const step = stepOf(event, waiting, log);
    if (!step) continue;
    passTo(event.at);
    steps.push(step);
  }
  passTo(log.until);
  return steps.slice(0, limits.testSteps);
}

function statusOf(events: readonly RunEvent[]) {
  const last = events.findLast(({ type }) => type === 'run.finished');
  return last?.type === 'run.finished' ? last.data.status : undefined;
}

function allRecordings(flow: Flow, log: Log): Recording[] {
  return [...log.visits.keys()].flatMap((key) => {
    const [nodeId, visit] = JSON.parse(key) as [string, number];
    const told = recordedVisit(log, nodeId, visit);
    return told ? recordingsOf(flow, nodeId, visit, told) : [];
  });
}

/**
 * A test that goes as a past run went.
 * @param flow that of the version which the run ran
 */
export function testOfRun(flow: Flow, recorded: RecordedRun, id: string): FlowTestInput {
  const log = readLog(recorded);
  const { input, startedAt, contact, events } = recorded;
  const { locale, way } = log;
  const status = statusOf(events);
  const path = way.flatMap(({ nodeId, handle }) => (handle === undefined ? [nodeId] : []));
  const { id: _, ...known } = contact ?? { id: '' };
  return {
    id,
    name: `Run of ${new Date(startedAt).toISOString().slice(0, 16).replace('T', ' ')}`,
    start: {
      input,
      now: new Date(startedAt).toISOString(),
      ...(locale && { locale: locale.tag, timezone: locale.timezone }),
      ...(contact && { contact: known }),
    },
    steps: stepsOf(recorded, log),
    ai: 'recorded',
    recordings: allRecordings(flow, log).slice(0, limits.testRecordings),
    assert: { path: path.slice(0, limits.testPath), ...(status && { status }) },
  };
}
