import {
  type AiData,
  finishFunction,
  type FlowNode,
  isJsonObject,
  isKind,
  type Json,
  type JsonObject,
  limits,
  type MockedAnswer,
  searchFunction,
  type TestStep,
} from '@crmflow/contracts';
import { matchesPattern } from '@crmflow/expressions';
import type { CallSuspension, Program, RunState } from '@crmflow/workflows/core';
import { type MadeCall, madeCall } from '../answer-call.js';
import { durationOf } from '../duration-of.js';
import { samplePattern } from './sample-pattern.js';
import type { Samples } from './samples.js';
import { savedBy } from '../saved-by.js';

/** Which call an answer is for, as mocks name it. */
export type MockKey = { node: string } | { tool: string };

/** What can happen next where a run rests. */
export type Move =
  { kind: 'steps'; steps: TestStep[] } | { kind: 'answer'; key: MockKey; answer: MockedAnswer };

const mostReplies = 16;

const unique = <T>(values: readonly T[]): T[] => [
  ...new Map(values.map((one) => [JSON.stringify(one), one])).values(),
];

/** Texts that hardly anything takes for an answer. */
const nonsense = ['???', 'qwertz', '12', 'x@'];

function wrongFor(node: FlowNode): string | undefined {
  if (!isKind(node, 'listen')) return undefined;
  const { expect, pattern = '' } = node.data;
  if (expect === 'any' || expect === 'callback') return undefined;
  if (expect !== 'pattern') return '???';
  return nonsense.find((text) => {
    try {
      return !matchesPattern(pattern, text);
    } catch {
      return true;
    }
  });
}

const dayMs = 86_400_000;
const dayAfter = (now: number, days: number) =>
  new Date(now + days * dayMs).toISOString().slice(0, 10);

function repliesTo(node: FlowNode, samples: Samples, now: number): TestStep[] {
  const user = (texts: readonly (string | number)[]): TestStep[] =>
    unique(texts.map(String))
      .filter((text) => text.trim() !== '' && text.length < limits.messageBytes / 4)
      .slice(0, mostReplies)
      .map((text) => ({ user: text }));
  if (!isKind(node, 'listen')) return user(['Hello', ...samples.near(['messages'])]);
  const { expect, choices = [], pattern = '', variable } = node.data;
  const near = [...samples.near(['vars', variable]), ...samples.near(['messages'])];
  switch (expect) {
    case 'callback':
      return samples.valuesAt(['vars', variable]).map((value) => ({ callback: value }));
    case 'choice':
      return choices.slice(0, 100).map(({ value, label }) => ({ choose: value || label }));
    case 'number': {
      const numbers = near.filter((one) => typeof one === 'number');
      return user([...numbers, 1, 100]);
    }
    case 'email':
      return user(['ada@example.com']);
    case 'phone':
      return user(['+44 20 7946 0018']);
    case 'date':
      return user([dayAfter(now, 30), dayAfter(now, 1)]);
    case 'pattern': {
      const sample = samplePattern(pattern, true);
      return user([...(sample === undefined ? [] : [sample]), ...near]);
    }
    default:
      return user(['Hello', ...near]);
  }
}

const step = (one: TestStep): Move => ({ kind: 'steps', steps: [one] });

/** Silence until the next thing that is due. */
function silence(now: number, due: number | undefined): Move[] {
  return due === undefined ? [] : [step({ after: durationOf(Math.max(due - now, 1)) })];
}

function argsBy(schema: JsonObject | undefined, samples: Samples, path: string[]): JsonObject[] {
  if (!schema) return [{}];
  return samples.valuesBy(schema, path).filter(isJsonObject);
}

function toolAnswers({ tools = [] }: AiData, samples: Samples): MockedAnswer[] {
  return tools.flatMap((tool): MockedAnswer[] => {
    if (tool.kind === 'knowledge') {
      return [{ calls: [{ name: searchFunction, args: { query: 'text' } }] }];
    }
    const [args = {}] = argsBy(tool.parameters, samples, ['vars']);
    return tool.name === '' ? [] : [{ calls: [{ name: tool.name, args }] }];
  });
}

function modelAnswers(
  node: FlowNode,
  { call, talk }: CallSuspension,
  samples: Samples,
): MockedAnswer[] {
  if (call.activity !== 'generate' || !isKind(node, 'ai'))
    return [{ return: 'A text of the model.' }];
  const { data } = node;
  const saved = data.saveAs ? ['vars', data.saveAs] : [];
  const isFresh = !call.input.mustAnswer && (talk?.exchanges.length ?? 0) === 0;
  const tools = isFresh ? toolAnswers(data, samples) : [];
  if (data.converse) {
    const { collect } = data.converse;
    const args = collect ? argsBy(collect, samples, saved) : [{ summary: 'Done.' }];
    const ends = args.map((one): MockedAnswer => ({
      calls: [{ name: finishFunction, args: one }],
    }));
    return [...ends, { return: 'And then?' }, ...tools];
  }
  const values: Json[] = data.schema
    ? samples.valuesBy(data.schema, saved)
    : saved.length > 0
      ? ['An answer.', ...samples.near(saved).map(String)]
      : ['An answer.'];
  return [...values.map((value) => ({ return: value })), ...tools];
}

const night = [{ from: '03:00', to: '03:01' }];
/** Office hours in which hardly any conversation begins. */
const nightOnly: Json = {
  timezone: 'UTC',
  week: { mon: night, tue: night, wed: night, thu: night, fri: night, sat: night, sun: night },
  closed: [],
};

/** The code by which calls of each kind usually fail. */
const failures = {
  generate: 'ai_unavailable',
  callHttp: 'http_failed',
  searchKnowledge: 'database_unavailable',
  updateContact: 'contact_invalid',
  readOfficeHours: 'database_unavailable',
  beginFlow: 'flow_cancelled',
} as const;

function answersTo(
  { call, toolNode, nodeId }: MadeCall,
  suspension: CallSuspension,
  { nodes }: Program,
  samples: Samples,
): MockedAnswer[] {
  const node = nodes.get(toolNode ?? nodeId);
  const codes = samples.near(['run', 'error', 'code']).filter((one) => typeof one === 'string');
  const errors = unique([failures[call.activity], ...codes]).map((error) => ({ error }));
  if (!node) return errors;
  switch (call.activity) {
    case 'generate':
      return [...modelAnswers(node, suspension, samples), ...errors];
    case 'searchKnowledge':
      return [{ return: [{ name: 'Guide', text: 'A passage.' }] }, { return: [] }, ...errors];
    case 'readOfficeHours':
      return [{ return: null }, { return: nightOnly }, ...errors];
    case 'updateContact':
      return [{}, ...errors];
    case 'beginFlow':
    case 'callHttp': {
      const saveAs = savedBy(node);
      const bodies = saveAs ? samples.valuesAt(['vars', saveAs]) : [{}];
      return [...bodies.map((body) => ({ return: body })), ...errors];
    }
  }
}

/** What a call can end with. */
function movesAtCall(suspension: CallSuspension, program: Program, samples: Samples): Move[] {
  const made = madeCall(suspension, program);
  const key: MockKey = made.tool === undefined ? { node: made.nodeId } : { tool: made.tool };
  return answersTo(made, suspension, program, samples).map((answer) => ({
    kind: 'answer',
    key,
    answer,
  }));
}

/** A person who answers, and hands the conversation back. */
const byPerson: Move = {
  kind: 'steps',
  steps: [
    { operator: { takeOver: true } },
    { operator: { say: 'A person answers.' } },
    { operator: { handBack: 'reask' } },
  ],
};

/** What is written to a person, for flows that look at all that was said. */
const aside = (samples: Samples): string[] =>
  samples.readsMessages ? samples.near(['messages']).map(String).slice(0, 4) : [];

/** The same, amid the question of a node: it is asked again, and the words stay. */
const toPerson = (text: string): Move => ({
  kind: 'steps',
  steps: [
    { operator: { takeOver: true } },
    { user: text },
    { operator: { say: 'A person answers.' } },
    { operator: { handBack: 'reask' } },
  ],
});

/**
 * What can happen where a run rests.
 * @param due when it goes on by itself, in epoch milliseconds
 */
export function movesAt(
  program: Program,
  { position }: RunState,
  samples: Samples,
  now: number,
  due: number | undefined,
): Move[] {
  switch (position.kind) {
    case 'call':
      return movesAtCall(position, program, samples);
    case 'reply': {
      const node = program.nodes.get(position.nodeId);
      if (!node) return [];
      const wrong = wrongFor(node);
      return [
        ...repliesTo(node, samples, now).map(step),
        ...(wrong === undefined ? [] : [step({ user: wrong })]),
        ...silence(now, due),
        ...aside(samples).map(toPerson),
      ];
    }
    case 'handoff':
      return [
        byPerson,
        ...silence(now, due),
        ...aside(samples).map((text) => step({ user: text })),
      ];
    case 'sleep':
      return silence(now, due);
    default:
      return [];
  }
}
