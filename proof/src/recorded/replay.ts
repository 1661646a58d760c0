import type { Flow, Replay, RunEvent } from '@crmflow/contracts';
import { localeOf } from '@crmflow/expressions';
import type { CallOutcome, CallSuspension, Program } from '@crmflow/workflows/core';
import { failedCall, madeCall, valueFor } from '../answer-call.js';
import { type Answered, Play, type PlayBounds, PlayTooLong } from '../play.js';
import { programOf, TestInvalid } from '../start-of.js';
import { type Log, readLog, type RecordedRun, recordedVisit, type WayStep } from './read-log.js';
import { savedBy } from '../saved-by.js';

/** The log has nothing by which the draft could go on. */
class Unknown extends Error {
  override readonly name = 'Unknown';

  constructor(
    readonly nodeId: string,
    readonly reason: string,
  ) {
    super(reason);
  }
}

const replayBounds = { visits: 20_000, logSize: 40_000_000, ms: 5_000 };

const failedBy = ({
  code,
  message,
  customerText,
}: {
  code: string;
  message: string;
  customerText?: string;
}): CallOutcome => ({
  ok: false,
  cancelled: false,
  error: { code, message, ...(customerText !== undefined && { customerText }) },
});

/** Answers calls by what came of them in the log. */
function createMemory(log: Log) {
  const asked = new Map<object, { answers: number; tools: number; sets: number }>();

  return (suspension: CallSuspension, program: Program, clock: number): Answered => {
    const made = madeCall(suspension, program);
    const { call } = made;
    const { nodeId, visit, label } = call.input;
    const told = recordedVisit(log, nodeId, visit);
    const name = label || nodeId;
    if (!told) throw new Unknown(nodeId, `“${name}” calls something, and did not in the past.`);
    const count = asked.get(told) ?? { answers: 0, tools: 0, sets: 0 };
    asked.set(told, count);
    const by = (outcome: CallOutcome, at: number): Answered => ({
      ...{ outcome, takesMs: Math.max(at - clock, 0), isSlow: true },
    });

    if (call.activity === 'generate') {
      const answer = told.answers[count.answers];
      count.answers += 1;
      if (!answer && told.failed) return by(failedBy(told.failed), told.failed.at);
      if (!answer) throw new Unknown(nodeId, `The log has no answer of the model at “${name}”.`);
      if (answer.failed) return by(failedBy(answer.failed), answer.at);
      const { text, value, calls } = answer;
      const said = valueFor({ return: text, ...(calls && { calls }) }, call, answer.at);
      if (said.ok && value !== undefined && call.input.schema) {
        return by({ ok: true, value: { ...said.value, value } as typeof said.value }, answer.at);
      }
      return by(said, answer.at);
    }
    if (call.activity === 'readOfficeHours') {
      throw new Unknown(nodeId, `The log does not tell the office hours at “${name}”.`);
    }
    if (call.activity === 'updateContact') {
      if (told.failed) return by(failedBy(told.failed), told.failed.at);
      return by(valueFor({}, call, clock), told.leftAt ?? clock);
    }
    const target = program.nodes.get(made.toolNode ?? nodeId);
    const saveAs = target && savedBy(target);
    const found = told.sets.slice(count.sets).find((one) => one.name === saveAs);
    if (made.tool !== undefined) {
      const { error } = told.results[count.tools] ?? {};
      count.tools += 1;
      if (error) return by(failedBy(error), clock);
      if (found) count.sets = told.sets.indexOf(found) + 1;
      return by(valueFor({ return: found?.value ?? null }, call, clock), clock);
    }
    if (call.activity === 'searchKnowledge') {
      // Where the model did not answer, the log has what was said in its place, and not why.
      const instead = told.answers.at(-1)?.failed;
      if (instead?.customerText !== undefined || told.failed) {
        return by(valueFor({ return: [] }, call, clock), clock);
      }
      throw new Unknown(nodeId, `The log does not tell which passages “${name}” found.`);
    }
    if (told.failed) return by(failedCall(told.failed.code, told.failed.message), told.failed.at);
    if (saveAs && !found) {
      throw new Unknown(nodeId, `“${name}” saves an answer that was not saved in the past.`);
    }
    if (told.leftAt === undefined) throw new Unknown(nodeId, `“${name}” was not left in the past.`);
    return by(valueFor({ return: found?.value ?? null }, call, clock), found?.at ?? told.leftAt);
  };
}

/** Where two ways part; undefined where they do not. */
function partAt(was: readonly WayStep[], is: readonly WayStep[]): number | undefined {
  for (let at = 0; at < Math.max(was.length, is.length); at += 1) {
    if (was[at]?.nodeId !== is[at]?.nodeId || was[at]?.handle !== is[at]?.handle) return at;
  }
  return undefined;
}

const nodesOf = (way: readonly WayStep[]) =>
  way.flatMap(({ nodeId, handle }) => (handle === undefined ? [nodeId] : []));

/** What parted two ways, in words. */
function reasonFor(flow: Flow, was: WayStep | undefined, is: WayStep | undefined): string {
  const label = ({ nodeId }: WayStep) =>
    flow.nodes.find(({ id }) => id === nodeId)?.label || nodeId;
  if (!is) return 'The draft ends or waits earlier.';
  if (!was) return `The draft continues at “${label(is)}”.`;
  if (was.nodeId === is.nodeId && was.handle !== undefined && is.handle !== undefined) {
    return `It was left by ${was.handle}, and is by ${is.handle}.`;
  }
  return `The draft continues at “${label(is)}”, and did at “${label(was)}”.`;
}

/**
 * Tries a past conversation on a draft: what came from outside comes again at its time, and calls end
 * as they did. Nothing is called.
 */
export function replayRun(flow: Flow, recorded: RecordedRun): Replay {
  const log = readLog(recorded);
  const { runId, input, startedAt, contact, burst } = recorded;
  const is: WayStep[] = [];
  const answer = (outcome: Replay['outcome'], more: Partial<Replay> = {}): Replay => ({
    ...{ runId, outcome, was: nodesOf(log.way), path: nodesOf(is) },
    ...more,
  });
  if (log.unclear) return answer('not_comparable', { ...log.unclear });
  const tell = ({ type, nodeId, data }: RunEvent) => {
    if (nodeId === undefined) return;
    if (type === 'node.activated') is.push({ nodeId });
    if (type === 'node.completed') is.push({ nodeId, handle: data.handle });
  };
  const { locale } = log;
  let unknown: { nodeId?: string; reason: string } | undefined;
  try {
    const { program, state } = programOf(flow, {
      ...{ runId, workflowId: 'replay', version: 'draft', input, startedAt, hasLogBudget: true },
      ...(locale && { locale: localeOf(locale.tag, locale.timezone) }),
      ...(contact && { contact }),
      ...(burst && { burst }),
    });
    const bounds: PlayBounds = { ...replayBounds, until: performance.now() + replayBounds.ms };
    const play = new Play(program, state, bounds, tell);
    const remember = createMemory(log);
    const asked = (suspension: CallSuspension, by: Program) =>
      remember(suspension, by, play.state.clock);
    const drive = (running: Generator<Answered, void, Answered>) => {
      for (let next = running.next(); !next.done;) next = running.next(next.value);
    };
    drive(play.begin(asked));
    for (const { at, arrival } of log.arrivals) {
      if (play.hasEnded) break;
      drive(play.passUntil(Math.max(at, play.now), asked));
      drive(play.arrive([arrival], asked));
    }
    drive(play.passUntil(Math.max(log.until, play.now), asked));
  } catch (error) {
    if (error instanceof Unknown) unknown = { nodeId: error.nodeId, reason: error.reason };
    else if (error instanceof PlayTooLong) unknown = { reason: error.message };
    else if (error instanceof TestInvalid) unknown = { reason: `${error.message}.` };
    else throw error;
  }
  const at = partAt(log.way, unknown ? [...is, ...log.way.slice(is.length)] : is);
  if (at !== undefined) {
    const [was, now] = [log.way[at], is[at]];
    const nodeId = (now ?? was)?.nodeId;
    const reason = reasonFor(flow, was, now);
    return answer('other_way', { ...(nodeId !== undefined && { nodeId }), reason });
  }
  return unknown ? answer('not_comparable', unknown) : answer('same');
}
