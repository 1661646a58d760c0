import {
  expectations,
  type FlowInput,
  type FlowNodeInput,
  flowSchema,
  handlesOf,
  type KindId,
  kindIds,
  nodeKinds,
  wireOf,
} from '@crmflow/contracts';
import fc from 'fast-check';

const position = { x: 0, y: 0 };
const names = ['a', 'b', 'c'] as const;
const name = fc.constantFrom(...names);

const condition = fc.constantFrom(
  'has(vars.a)',
  'vars.a == "yes"',
  'size(messages) > 3',
  'vars.b > 2',
  'messages.exists(m, m.text == "yes")',
  'vars.missing.deeper == 1',
  '1 / 0 == 1',
);

const template = fc.constantFrom(
  'hello',
  'you said {{ vars.a }}',
  '{{ size(messages) }} messages',
  '{{ vars.missing }}',
  '{{ run.id }}',
  'open {{ callbackUrl() }}',
);

const value = fc.oneof(template, fc.integer(), fc.constant({ list: ['{{ vars.a }}', 1] }));
const duration = fc.constantFrom('PT1S', 'PT30S', 'PT1M', 'P2W');

const speak = fc.record({ mode: fc.constantFrom('text', 'ai'), text: template });

const listen = fc.record(
  {
    variable: name,
    expect: fc.constantFrom(...expectations, 'callback'),
    choices: fc.constant([
      { value: 'yes', label: 'Yes, please' },
      { value: 'no', label: 'No' },
    ]),
    pattern: fc.constant('[a-z]+'),
    retries: fc.integer({ min: 0, max: 2 }),
    retryText: template,
    timeout: duration,
    reminders: fc.array(fc.record({ after: duration, text: fc.constant('still there?') }), {
      maxLength: 2,
    }),
  },
  { requiredKeys: ['variable', 'choices', 'pattern'] },
);

const tool = fc.oneof(
  fc.record({
    kind: fc.constant('integration'),
    node: fc.constantFrom('n1', 'n2', 'n3', 'n4'),
    name: fc.constant('look'),
    description: fc.constant('Looks'),
    parameters: fc.constant({ type: 'object', properties: { a: { type: 'string' } } }),
  }),
  fc.constant({ kind: 'knowledge' }),
);

const converse = fc.record(
  {
    goal: template,
    maxTurns: fc.integer({ min: 1, max: 3 }),
    timeout: duration,
    collect: fc.constant({ type: 'object', properties: { a: { type: 'string' } } }),
  },
  { requiredKeys: ['goal', 'maxTurns'] },
);

const ai = fc.record(
  {
    prompt: template,
    saveAs: name,
    output: fc.constantFrom('message', 'variable', 'both'),
    fallback: fc.record({
      kind: fc.constantFrom('error', 'text', 'passage'),
      text: fc.constantFrom('', 'We are away'),
    }),
    tools: fc.array(tool, { maxLength: 2 }),
    converse,
  },
  { requiredKeys: ['prompt', 'saveAs'] },
);

const branch = fc.array(condition, { maxLength: 3 }).map((whens) => ({
  kind: 'branch',
  cases: whens.map((when, i) => ({ handle: `case${i}`, when })),
}));

const set = fc
  .array(fc.record({ name, value }), { maxLength: 2 })
  .map((assign) => ({ kind: 'set', assign }));

const wait = fc.oneof(
  duration.map((length) => ({ kind: 'wait', duration: length })),
  template.map((until) => ({ kind: 'wait', until })),
  duration.map((length) => ({ kind: 'wait', duration: length, officeHours: true })),
  fc.constant({ kind: 'wait', officeHours: true }),
);

const handoff = fc.record(
  {
    ...{ kind: fc.constant('handoff'), timeout: duration, message: template },
    ...{ outside: fc.constantFrom('leave', 'wait'), outsideMessage: template },
  },
  { requiredKeys: ['kind'] },
);

const http = fc.record(
  { url: fc.constant('https://example.com/{{ vars.a }}'), saveAs: name, body: value },
  { requiredKeys: ['url'] },
);

/** Data of the kinds that are worth varying; a new kind is tried as it comes from the palette. */
const varied: { [K in KindId]?: fc.Arbitrary<object> } = {
  ...{ speak, listen, ai, branch, set, wait, http, handoff },
};

const dataOf = (kind: KindId): fc.Arbitrary<object> =>
  varied[kind] ?? fc.constant(nodeKinds[kind].defaults);

const anyNode = fc
  .constantFrom(...kindIds.filter((kind) => kind !== 'trigger'))
  .chain((kind) => dataOf(kind).map((data) => ({ type: wireOf(kind).type, data })));

/** Any flow that may run, cycles and half-connected handles included. */
export const arbitraryFlow: fc.Arbitrary<FlowInput> = fc
  .array(anyNode, { minLength: 0, maxLength: 7 })
  .chain((parts) => {
    const nodes = [
      { id: 'n0', type: 'trigger', label: 'Start', position, data: { kind: 'manual' } },
      ...parts.map((part, i) => ({ id: `n${i + 1}`, label: part.type, position, ...part })),
    ] as FlowNodeInput[];
    const parsed = flowSchema.parse({ schemaVersion: 1, name: 'any', nodes, edges: [] });
    const handles = parsed.nodes.flatMap((node) =>
      handlesOf(node).map((handle) => ({ source: node.id, sourceHandle: handle })),
    );
    const targets = fc.array(fc.integer({ min: -1, max: nodes.length - 1 }), {
      minLength: handles.length,
      maxLength: handles.length,
    });
    return targets.map((chosen) => ({
      schemaVersion: 1 as const,
      name: 'any',
      variables: [{ name: 'a', default: 'start' }],
      nodes,
      edges: handles.flatMap((handle, i) => {
        const target = chosen[i] ?? -1;
        return target < 0 ? [] : [{ id: `e${i}`, ...handle, target: `n${target}` }];
      }),
    }));
  });
