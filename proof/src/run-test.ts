import {
  type Flow,
  type FlowTest,
  limits,
  type RunEvent,
  type TestFailure,
  type TestResult,
} from '@crmflow/contracts';
import { FlowFault } from '@crmflow/expressions';
import { viewOf } from '@crmflow/workflows/core';
import { type Answers, type CallAnswer, createAnswers, type MadeCall } from './answer-call.js';
import { Actor, StepImpossible } from './actor.js';
import { assertFailures } from './assertions.js';
import type { Reached } from './coverage.js';
import { type Said, unmet } from './expectations.js';
import { type Answered, Play, type PlayBounds, type PlayManner, PlayTooLong } from './play.js';
import { programOf, startOf, TestInvalid } from './start-of.js';

/** How much one test may do. */
export type TestBounds = { visits: number; logSize: number; ms: number };

/** Enough for years of reminders, and little for a server. */
const testBounds: TestBounds = { visits: 20_000, logSize: 20_000_000, ms: 5_000 };

/** Of a conversation in a result. */
const mostMessages = 500;
const mostFailures = 20;

/** One test under way. */
class Running {
  readonly path: string[] = [];
  readonly said: Said[] = [];
  /** From which message on an `expect` looks. */
  fresh = 0;
  readonly failures: TestFailure[] = [];
  readonly actor: Actor;

  constructor(
    readonly play: Play,
    readonly answers: Answers,
  ) {
    this.actor = new Actor(play);
  }

  readonly answer = (...args: Parameters<Answers['answer']>) => this.answers.answer(...args);

  get standsAt(): string | undefined {
    const { position } = this.play.state;
    return 'nodeId' in position ? position.nodeId : this.path.at(-1);
  }

  fail(failure: TestFailure): void {
    if (this.failures.length < mostFailures) this.failures.push(failure);
  }
}

/** Tells where a test is about a call that nothing stands for. */
function missingFailure({ nodeId, tool, call }: MadeCall): TestFailure {
  const what = {
    generate: 'the model is asked',
    callHttp: 'a request is sent',
    searchKnowledge: 'knowledge is searched',
    updateContact: 'the contact is written',
    readOfficeHours: 'office hours are read',
    beginFlow: 'a flow is run',
  }[call.activity];
  const where = tool === undefined ? `the node “${call.input.label}”` : `the tool ${tool}`;
  return { expected: `a mock for ${where}`, got: what, nodeId };
}

/**
 * Runs one test. It yields the calls of a live model, and takes back what came of them.
 * @param reached collects what the test reaches
 * @param listen is told each event
 */
export function* runTest(
  flow: Flow,
  test: FlowTest,
  {
    bounds = testBounds,
    reached,
    listen,
    manner,
  }: {
    bounds?: TestBounds;
    reached?: Reached;
    listen?: (event: RunEvent) => void;
    manner?: PlayManner;
  } = {},
): Generator<CallAnswer, TestResult, Answered> {
  const began = performance.now();
  const answers = createAnswers(test);
  const end = (running: Running | undefined, failures: TestFailure[]): TestResult => {
    const { path = [], said = [], play } = running ?? {};
    return {
      testId: test.id,
      passed: failures.length === 0,
      failures,
      path: path.slice(0, limits.testPath),
      ms: Math.round((performance.now() - began) * 100) / 100,
      status: play ? viewOf(play.program, play.state).status : 'failed',
      messages: said.slice(-mostMessages).map(({ role, text, at }) => ({
        ...{ role, text },
        at: new Date(at).toISOString(),
      })),
    };
  };
  let running: Running;
  try {
    const { program, state } = programOf(flow, startOf(test));
    const playBounds: PlayBounds = { ...bounds, until: began + bounds.ms };
    const play = new Play(
      program,
      state,
      playBounds,
      (event) => {
        if (event.type === 'node.activated' && event.nodeId !== undefined) {
          running.path.push(event.nodeId);
        }
        if (event.type === 'message') {
          const { role, text } = event.data;
          running.said.push({ role, text, at: event.at });
        }
        reached?.see(event);
        listen?.(event);
      },
      manner,
    );
    running = new Running(play, answers);
  } catch (error) {
    if (!(error instanceof TestInvalid)) throw error;
    return end(undefined, [{ expected: error.expected, got: error.got }]);
  }
  let at: number | undefined;
  try {
    yield* running.play.begin(running.answer);
    for (const [index, step] of test.steps.entries()) {
      at = index;
      if ('expect' in step) {
        for (const { expected, got } of unmet(step.expect, running)) {
          const nodeId = running.standsAt;
          running.fail({ step: index, expected, got, ...(nodeId !== undefined && { nodeId }) });
        }
        continue;
      }
      running.fresh = running.said.length;
      yield* running.actor.take(step, running.answer);
    }
    at = undefined;
    const { assert } = test;
    for (const failure of assertFailures(flow, assert, running)) running.fail(failure);
  } catch (error) {
    const failure = failureOf(error);
    if (!failure) throw error;
    const nodeId = running.standsAt;
    running.fail({
      ...(at !== undefined && { step: at }),
      ...failure,
      ...(nodeId !== undefined && { nodeId }),
    });
  }
  for (const made of answers.made) if (made.toolNode !== undefined) reached?.seeTool(made.toolNode);
  const missing = answers.missing.map(missingFailure);
  return end(running, [...missing, ...running.failures].slice(0, mostFailures));
}

/** What is expected of every run: one that does not come to it is ended by its bounds. */
const rest = 'a run that comes to rest';

/** Whether the bounds of a test ended its run. */
export const wasCut = ({ failures }: TestResult): boolean =>
  failures.some(({ expected }) => expected === rest);

/** What a test can cause; undefined for a bug of ours. */
function failureOf(error: unknown): { expected: string; got: string } | undefined {
  if (error instanceof StepImpossible) return { expected: error.expected, got: error.got };
  if (error instanceof PlayTooLong) return { expected: rest, got: error.message };
  if (error instanceof FlowFault) {
    return { expected: 'an expression that can be worked out', got: error.message };
  }
  return undefined;
}
