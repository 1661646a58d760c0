import {
  type Flow,
  type FlowTest,
  limits,
  parseDuration,
  type RunEvent,
  type TestFailure,
  type TestResult,
  type TestStep,
} from '@crmflow/contracts';
import { FlowFault } from '@crmflow/expressions';
import { type Arrival, type Person, viewOf } from '@crmflow/workflows/core';
import { type Answers, type CallAnswer, createAnswers, type MadeCall } from './answer-call.js';
import { assertFailures } from './assertions.js';
import type { Reached } from './coverage.js';
import { type Said, unmet } from './expectations.js';
import { type Answered, Play, type PlayBounds, type PlayManner, PlayTooLong } from './play.js';
import { programOf, startOf, TestInvalid } from './start-of.js';

/** How much one test may do. */
export type TestBounds = { visits: number; logSize: number; ms: number };

/** Enough for years of reminders, and little for a server. */
export const testBounds: TestBounds = { visits: 20_000, logSize: 20_000_000, ms: 5_000 };

/** Of a conversation in a result. */
const mostMessages = 500;
const mostFailures = 20;

/** What a step cannot be done to; the rest of the test makes no sense then. */
class StepImpossible extends Error {
  override readonly name = 'StepImpossible';

  constructor(
    readonly expected: string,
    readonly got: string,
  ) {
    super(expected);
  }
}

const operator = (name = 'Operator'): Person => ({ userId: 'operator', name });

/** One test under way. */
class Running {
  readonly path: string[] = [];
  readonly said: Said[] = [];
  /** From which message on an `expect` looks. */
  fresh = 0;
  readonly failures: TestFailure[] = [];
  private arrivals = 0;
  private by = operator();

  constructor(
    readonly play: Play,
    readonly answers: Answers,
  ) {}

  readonly answer = (...args: Parameters<Answers['answer']>) => this.answers.answer(...args);

  get standsAt(): string | undefined {
    const { position } = this.play.state;
    return 'nodeId' in position ? position.nodeId : this.path.at(-1);
  }

  fail(failure: TestFailure): void {
    if (this.failures.length < mostFailures) this.failures.push(failure);
  }

  private choiceFor(wanted: string): string {
    const { program, state } = this.play;
    const { choices = [] } = viewOf(program, state).waiting ?? {};
    const found = choices.find(({ value, label }) => value === wanted || label === wanted);
    if (found) return found.label || found.value;
    const offered = choices.map(({ label, value }) => `“${label || value}”`).join(', ');
    throw new StepImpossible(
      `the choice “${wanted}” on offer`,
      offered || `no choices: ${this.standing()}`,
    );
  }

  /** Where the run stands, in words. */
  standing(): string {
    const { program, state } = this.play;
    const { status } = viewOf(program, state);
    const label = program.nodes.get(this.standsAt ?? '')?.label;
    const at = label === undefined ? '' : ` at “${label}”`;
    return `the run is ${status.replace('_', ' ')}${at}`;
  }

  private arrivalsOf(step: TestStep): Arrival[] {
    this.arrivals += 1;
    const { now: at } = this.play;
    const id = `test-${this.arrivals}`;
    if ('user' in step) return [{ kind: 'message', messageId: id, text: step.user, at }];
    if ('choose' in step) {
      return [{ kind: 'message', messageId: id, text: this.choiceFor(step.choose), at }];
    }
    if ('cancel' in step) return [{ kind: 'cancel', at }];
    if ('callback' in step) {
      throw new StepImpossible('a run that waits for a callback', this.standing());
    }
    if (!('operator' in step)) return [];
    const { operator: act } = step;
    if ('takeOver' in act) {
      this.by = operator(act.name);
      return [{ kind: 'takeOver', id, by: this.by, at }];
    }
    if ('say' in act) {
      return [{ kind: 'say', messageId: id, text: act.say, by: this.by, at }];
    }
    const { handBack: how, nodeId, note } = act;
    const more = { ...(nodeId !== undefined && { nodeId }), ...(note !== undefined && { note }) };
    return [{ kind: 'handBack', id, how, ...more, by: this.by, at }];
  }

  *take(step: TestStep): Generator<CallAnswer, void, Answered> {
    const { play } = this;
    if ('after' in step) {
      yield* play.passUntil(play.now + (parseDuration(step.after) ?? 0), this.answer);
      return;
    }
    if (play.hasEnded) throw new StepImpossible('a run that has not ended', this.standing());
    // Of two acts in the same millisecond, production takes the first alone.
    if ('operator' in step) play.now += 1;
    yield* play.arrive(this.arrivalsOf(step), this.answer);
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
      yield* running.take(step);
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

/** What a test can cause; undefined for a bug of ours. */
function failureOf(error: unknown): { expected: string; got: string } | undefined {
  if (error instanceof StepImpossible) return { expected: error.expected, got: error.got };
  if (error instanceof PlayTooLong)
    return { expected: 'a run that comes to rest', got: error.message };
  if (error instanceof FlowFault) {
    return { expected: 'an expression that can be worked out', got: error.message };
  }
  return undefined;
}
