import { isDeepStrictEqual } from 'node:util';
import type { Flow, FlowTest, Json, TestFailure } from '@crmflow/contracts';
import { evaluateCondition } from '@crmflow/expressions';
import { viewOf } from '@crmflow/workflows/core';
import { type Answers, isAbout, type MadeCall, requestOf } from './answer-call.js';
import type { Play } from './play.js';
import { scopeAt } from './scope-at.js';

type Assert = FlowTest['assert'];
type End = { play: Play; path: readonly string[]; answers: Answers };

const shown = (value: Json | undefined) =>
  value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 300);

function* pathFailures({ path }: Assert, end: End, trigger: string): Generator<TestFailure> {
  if (!path) return;
  const wanted = path[0] === trigger ? path : [trigger, ...path];
  const at = wanted.findIndex((id, i) => end.path[i] !== id);
  const first = at === -1 && end.path.length > wanted.length ? wanted.length : at;
  if (first === -1) return;
  const nodeId = end.path[first] ?? wanted[first];
  yield {
    expected: `the way ${wanted.join(' → ')}`,
    got: end.path.join(' → ').slice(0, 2_000),
    ...(nodeId !== undefined && { nodeId }),
  };
}

function* visitFailures(
  { visits = {}, never = [] }: Assert,
  { play }: End,
): Generator<TestFailure> {
  const { state, program } = play;
  for (const [nodeId, times] of [
    ...Object.entries(visits),
    ...never.map((id): [string, number] => [id, 0]),
  ]) {
    const got = state.visits[nodeId] ?? 0;
    if (got === times) continue;
    const label = program.nodes.get(nodeId)?.label || nodeId;
    const isKnown = program.nodes.has(nodeId);
    const name = isKnown ? `“${label}”` : `the node ${nodeId}, which the flow does not have,`;
    yield { expected: `${times} visits to ${name}`, got: `${got}`, nodeId };
  }
}

function* variableFailures({ variables = {} }: Assert, { play }: End): Generator<TestFailure> {
  const { variables: now } = play.state;
  for (const [name, wanted] of Object.entries(variables)) {
    const got = Object.hasOwn(now, name) ? now[name] : undefined;
    if (!isDeepStrictEqual(got, wanted)) {
      yield { expected: `${name} to be ${shown(wanted)}`, got: shown(got) };
    }
  }
}

function* callFailures({ calls = [] }: Assert, { play, answers }: End): Generator<TestFailure> {
  const scope = scopeAt(play.program, play.state);
  for (const { node, tool, times, cel } of calls) {
    const meets = ({ call }: MadeCall) =>
      cel === undefined || evaluateCondition(cel, { ...scope, input: requestOf(call) });
    const made = answers.made.filter((one) => isAbout({ node, tool }, one));
    const count = made.filter(meets).length;
    if (times === undefined ? count > 0 : count === times) continue;
    const which = tool === undefined ? `the node ${node}` : `the tool ${tool}`;
    const where = cel === undefined ? '' : ` where ${cel}`;
    const number = times === undefined ? 'at least one call' : `${times} calls`;
    yield {
      expected: `${number} of ${which}${where}`,
      got: `${count} of ${made.length}: ${shown(made.map(({ call }) => requestOf(call)))}`,
      ...(node !== undefined && { nodeId: node }),
    };
  }
}

/** What a test asserts of its end, and is not so. */
export function* assertFailures(flow: Flow, assert: Assert, end: End): Generator<TestFailure> {
  const trigger = flow.nodes.find(({ type }) => type === 'trigger')?.id ?? '';
  yield* pathFailures(assert, end, trigger);
  yield* visitFailures(assert, end);
  const { status } = viewOf(end.play.program, end.play.state);
  if (assert.status !== undefined && assert.status !== status) {
    const { position } = end.play.state;
    const error = position.kind === 'ended' ? position.error : undefined;
    const why = error ? ` (${error.code}: ${error.message})` : '';
    const nodeId = error?.nodeId ?? end.path.at(-1);
    yield {
      expected: assert.status,
      got: `${status}${why}`,
      ...(nodeId !== undefined && { nodeId }),
    };
  }
  yield* variableFailures(assert, end);
  yield* callFailures(assert, end);
}
