import {
  type AiTool,
  type CallHttpResult,
  defaultRetryForMs,
  type FlowTest,
  type GenerateResult,
  isKind,
  type Json,
  type JsonObject,
  type MockedAnswer,
  nextRetry,
  officeHoursSchema,
  parseDuration,
  type QuotedPassage,
  type SearchKnowledgeResult,
  storable,
  type TestMock,
} from '@crmflow/contracts';
import { asText, changeContact, evaluateCondition } from '@crmflow/expressions';
import type { Call, CallOutcome, CallSuspension, Program, RunState } from '@crmflow/workflows/core';
import { scopeAt } from './scope-at.js';
import type { Answered } from './play.js';

/** A call that a run has made. */
export type MadeCall = {
  nodeId: string;
  /** What the model calls it, where it has. */
  tool?: string;
  /** The integration whose request it is, where a model called it. */
  toolNode?: string;
  call: Call;
};

/** Which call a run makes, as mocks name it. */
export function madeCall({ call, talk, nodeId }: CallSuspension, { nodes }: Program): MadeCall {
  const wanted = talk?.todo[0]?.name;
  if (call.activity === 'generate' || wanted === undefined || talk?.failed) return { nodeId, call };
  const node = nodes.get(nodeId);
  const tools: AiTool[] = (node && isKind(node, 'ai') && node.data.tools) || [];
  const tool = tools.find((one) => one.kind === 'integration' && one.name === wanted);
  const toolNode = tool?.kind === 'integration' && tool.node ? { toolNode: tool.node } : {};
  return { nodeId, tool: wanted, ...toolNode, call };
}

/** What a call asks for, as conditions of tests read it as `input`: without whose call it is. */
export function requestOf({ input }: Call): JsonObject {
  const {
    runId: _run,
    nodeId: _node,
    visit: _visit,
    label: _label,
    call: _call,
    ...request
  } = input;
  return storable(request);
}

/** Whether a mock or an assertion is about a call. */
export function isAbout(
  { node, tool }: { node?: string | undefined; tool?: string | undefined },
  made: MadeCall,
): boolean {
  if (tool !== undefined) return made.tool === tool;
  return made.tool === undefined ? made.nodeId === node : made.toolNode === node;
}

const usage = { inputTokens: 0, outputTokens: 0 };

function generated({ return: value, calls }: MockedAnswer, call: Call, at: number): GenerateResult {
  const hasSchema = call.activity === 'generate' && call.input.schema !== undefined;
  const text = value === undefined ? '' : asText(value);
  return {
    ...{ text, usage, model: 'mock', at },
    ...(calls && { calls, turn: { parts: [] } }),
    ...(hasSchema && value !== undefined && { value: asValue(value) }),
  };
}

/** A structured value may be written as such, or as the text in which a model says it. */
function asValue(value: Json): Json {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value;
  }
}

function passagesOf(value: Json | undefined): QuotedPassage[] {
  const list = Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
  return list.map((one): QuotedPassage => {
    if (typeof one !== 'object' || one === null) return { name: 'Knowledge', text: asText(one) };
    return {
      name: 'Knowledge',
      ...(one as object),
      text: asText((one as JsonObject)['text'] ?? ''),
    };
  });
}

/** What a call ends with that ends well. */
export function valueFor(answer: MockedAnswer, call: Call, at: number): CallOutcome {
  switch (call.activity) {
    case 'generate':
      return { ok: true, value: generated(answer, call, at) };
    case 'callHttp': {
      const value: CallHttpResult = { status: 200, body: answer.return ?? null, at };
      return { ok: true, value };
    }
    case 'searchKnowledge': {
      const passages = passagesOf(answer.return);
      const sources = passages.map(({ name }) => ({ itemId: name, name }));
      const value: SearchKnowledgeResult = { passages, sources, at };
      return { ok: true, value };
    }
    case 'updateContact':
      return contactChanged(call.input, at);
    case 'beginFlow': {
      const output = answer.return ?? {};
      return { ok: true, value: { runId: 'mock', output, at } };
    }
    case 'readOfficeHours':
      return officeHours(answer.return ?? null, at);
  }
}

/** In tests the team is there, unless a mock says when it works. */
function officeHours(value: Json, at: number): CallOutcome {
  const hours = officeHoursSchema.nullable().safeParse(value);
  if (hours.success) return { ok: true, value: { hours: hours.data, at } };
  return failedCall('mock_invalid', 'The mock of this node does not return office hours.');
}

/** Calls that touch nothing outside of the run are made as they are. */
function contactChanged(
  { known, set }: Extract<Call, { activity: 'updateContact' }>['input'],
  at: number,
): CallOutcome {
  const changed = changeContact(known, set);
  if ('fault' in changed) {
    const error = { code: 'contact_invalid', message: changed.fault };
    return { ok: false, cancelled: false, error };
  }
  return { ok: true, value: { contact: changed.contact, at } };
}

/** A call that failed. */
export const failedCall = (code: string, message = `The call failed: ${code}.`): CallOutcome => ({
  ok: false,
  cancelled: false,
  error: { code, message },
});

type Attempt = { outcome: CallOutcome; takesMs: number; isRetried: boolean };

const timeoutCodes = { generate: 'ai_unavailable', callHttp: 'http_timeout' } as const;

function attemptOf(answer: MockedAnswer, call: Call, at: number): Attempt {
  const takesMs = answer.takes === undefined ? 0 : (parseDuration(answer.takes) ?? 0);
  const timeoutMs = 'timeoutMs' in call.input ? call.input.timeoutMs : undefined;
  if (timeoutMs !== undefined && takesMs > timeoutMs) {
    const code = call.activity === 'generate' ? timeoutCodes.generate : timeoutCodes.callHttp;
    const outcome = failedCall(code, `No answer within ${timeoutMs / 1000} seconds.`);
    return { outcome, takesMs: timeoutMs, isRetried: true };
  }
  const { error } = answer;
  if (error === undefined)
    return { outcome: valueFor(answer, call, at), takesMs, isRetried: false };
  const { code, message, retryable = false } = typeof error === 'string' ? { code: error } : error;
  return { outcome: failedCall(code, message), takesMs, isRetried: retryable };
}

/** Attempts that one call may make: those of a week, as rarely as calls are retried by then. */
const mostAttempts = 5_000;

/**
 * Makes attempts as production does, one after the other, until one is not tried again.
 * @param next what the next attempt ends with
 */
export function attempts(call: Call, at: number, next: () => MockedAnswer): Answered {
  const retryForMs =
    ('retryForMs' in call.input ? call.input.retryForMs : undefined) ?? defaultRetryForMs;
  let spent = { failures: 0, ms: 0 };
  let takesMs = 0;
  let isSlow = false;
  for (let attempt = 1; ; attempt += 1) {
    const answer = next();
    isSlow ||= answer.takes !== undefined;
    const { outcome, takesMs: tookMs, isRetried } = attemptOf(answer, call, at + takesMs);
    takesMs += tookMs;
    if (!isRetried || attempt >= mostAttempts) return { outcome, takesMs, isSlow };
    const retry = nextRetry(spent, { tookMs }, retryForMs, 0);
    if (!retry) return { outcome, takesMs, isSlow };
    takesMs += retry.delayMs;
    spent = retry.spent;
  }
}

/** A live call of the model: who plays makes it, and says what came of it. */
export type LiveCall = { live: Call };

/** What a call is answered with, or that it has to be made. */
export type CallAnswer = Answered | LiveCall;

/** Answers the calls of one test. */
export type Answers = {
  answer(suspension: CallSuspension, program: Program, state: RunState): CallAnswer;
  /** All that were made, and those that nothing stood for. */
  made: MadeCall[];
  missing: MadeCall[];
};

/** More calls than a test makes that does not run in circles. */
const mostCalls = 2_000;

/** The calls of a test, answered by its mocks, by what a real run got, or by a live model. */
export function createAnswers({
  mocks,
  ai,
  recordings = [],
}: Pick<FlowTest, 'mocks' | 'ai' | 'recordings'>): Answers {
  const used = new Map<TestMock, number>();
  const made: MadeCall[] = [];
  const missing: MadeCall[] = [];

  const nextOf = (mock: TestMock) => (): MockedAnswer => {
    if (!mock.sequence) return mock;
    const count = used.get(mock) ?? 0;
    used.set(mock, count + 1);
    return mock.sequence[Math.min(count, mock.sequence.length - 1)] ?? {};
  };

  const mockOf = (one: MadeCall, program: Program, state: RunState): TestMock | undefined =>
    mocks.find((mock) => {
      if (!isAbout(mock, one)) return false;
      if (mock.when === undefined) return true;
      return evaluateCondition(mock.when, {
        ...scopeAt(program, state),
        input: requestOf(one.call),
      });
    });

  const recordingOf = ({ call: { input } }: MadeCall) =>
    recordings.find(
      ({ node, visit, call = 1 }) =>
        node === input.nodeId && visit === input.visit && call === (input.call ?? 1),
    );

  return {
    made,
    missing,
    answer(suspension, program, state) {
      const one = madeCall(suspension, program);
      const { call } = one;
      if (made.length < mostCalls) made.push(one);
      const { clock } = state;
      const isModel = call.activity === 'generate';
      if (!isModel || ai === 'mock') {
        const mock = mockOf(one, program, state);
        if (mock) return attempts(call, clock, nextOf(mock));
      }
      if (isModel && ai === 'live') return { live: call };
      const recorded = ai === 'mock' ? undefined : recordingOf(one);
      if (recorded) return attempts(call, clock, () => recorded);
      return { outcome: unmocked(one, clock), takesMs: 0, isSlow: false };
    },
  };

  function unmocked(one: MadeCall, at: number): CallOutcome {
    const { call } = one;
    if (call.activity === 'updateContact') return contactChanged(call.input, at);
    if (call.activity === 'searchKnowledge' || call.activity === 'readOfficeHours') {
      return valueFor({}, call, at);
    }
    // What a model puts in other words is as good as the words that it was given.
    if (call.activity === 'generate' && call.input.purpose === 'speak') {
      return valueFor({ return: call.input.prompt }, call, at);
    }
    if (missing.length < 20) missing.push(one);
    return failedCall('mock_missing', 'The test has no mock for this call.');
  }
}
