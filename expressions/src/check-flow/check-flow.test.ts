import {
  type Flow,
  type FlowInput,
  flowSchema,
  type IssueCode,
  type IssueReason,
} from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { checkFlow } from './check-flow.js';

type NodeInput = FlowInput['nodes'][number];
type Wire = [source: string, handle: string, target: string];

const position = { x: 0, y: 0 };

function node<T extends NodeInput['type']>(
  id: string,
  type: T,
  data: Extract<NodeInput, { type: T }>['data'],
): NodeInput {
  return { id, type, label: `Node ${id}`, position, data } as NodeInput;
}

const trigger = node('t', 'trigger', { kind: 'manual' });

function flow(
  nodes: NodeInput[],
  wires: Wire[] = [],
  variables: FlowInput['variables'] = [],
): Flow {
  const edges = wires.map(([source, sourceHandle, target], index) => ({
    ...{ id: `e${index}`, source, sourceHandle, target },
  }));
  return flowSchema.parse({ schemaVersion: 1, name: 'Test', variables, nodes, edges });
}

/** Issues of a node right behind the trigger. */
function issuesOf(it: NodeInput) {
  return checkFlow(flow([trigger, it], [['t', 'out', it.id]]));
}

const say = (id: string, text = 'Hello') => node(id, 'speak', { text });

describe('how nodes are connected', () => {
  it('finds nothing in a sound flow', () => {
    const nodes = [
      trigger,
      say('s', 'What is your age, {{ vars.name }}?'),
      node('l', 'listen', {
        variable: 'age',
        expect: 'number',
        timeout: 'P1D',
        retryText: 'A number',
      }),
      node('b', 'logic', { kind: 'branch', cases: [{ handle: 'adult', when: 'vars.age >= 18' }] }),
      node('a', 'ai', { prompt: 'Answer {{ vars.age }}', output: 'both', saveAs: 'answer' }),
      node('i', 'integration', {
        method: 'POST',
        url: 'https://x.test/{{ vars.age }}',
        body: { a: '{{ vars.age }}' },
      }),
    ];
    const wires: Wire[] = [
      ...([
        ['t', 'out', 's'],
        ['s', 'out', 'l'],
        ['l', 'out', 'b'],
        ['l', 'invalid', 's'],
      ] as Wire[]),
      ...([
        ['b', 'adult', 'a'],
        ['b', 'else', 'i'],
        ['a', 'error', 'i'],
        ['i', 'out', 'l'],
      ] as Wire[]),
    ];
    expect(checkFlow(flow(nodes, wires, [{ name: 'name', default: '' }]))).toEqual([]);
  });

  it('wants exactly one trigger', () => {
    expect(checkFlow(flow([say('s')]))).toMatchObject([
      { severity: 'error', code: 'trigger_missing' },
    ]);
    expect(checkFlow(flow([trigger, { ...trigger, id: 'u' }]))).toMatchObject([
      { severity: 'error', code: 'trigger_duplicate', nodeId: 'u' },
    ]);
  });

  it('warns of nodes that are never reached', () => {
    const nodes = [trigger, say('a'), say('b'), say('c')];
    expect(
      checkFlow(
        flow(nodes, [
          ['t', 'out', 'a'],
          ['b', 'out', 'c'],
        ]),
      ),
    ).toMatchObject([
      { severity: 'warning', code: 'unreachable', nodeId: 'b' },
      { severity: 'warning', code: 'unreachable', nodeId: 'c' },
    ]);
  });

  it('warns once of a loop that waits for nothing', () => {
    const nodes = [trigger, say('a'), say('b'), say('c'), say('d')];
    const wires: Wire[] = [
      ['t', 'out', 'a'],
      ['a', 'out', 'b'],
      ['b', 'out', 'c'],
      ['c', 'out', 'b'],
    ];
    expect(checkFlow(flow(nodes.slice(0, 4), wires))).toMatchObject([
      { severity: 'warning', code: 'loop_without_wait', nodeId: 'b' },
    ]);
    expect(
      checkFlow(
        flow(
          [trigger, say('a')],
          [
            ['t', 'out', 'a'],
            ['a', 'out', 'a'],
          ],
        ),
      ),
    ).toHaveLength(1);
  });

  it('takes loops that wait', () => {
    const wait = node('w', 'logic', { kind: 'wait', duration: 'PT1H' });
    const wires: Wire[] = [
      ['t', 'out', 'a'],
      ['a', 'out', 'w'],
      ['w', 'out', 'a'],
    ];
    expect(checkFlow(flow([trigger, say('a'), wait], wires))).toEqual([]);
    const hours = node('w', 'logic', { kind: 'wait', officeHours: true });
    expect(checkFlow(flow([trigger, say('a'), hours], wires))).toEqual([]);
  });

  it('finds each of many loops in reasonable work', () => {
    const nodes = [
      trigger,
      ...Array.from({ length: 998 }, (_, i) => node(`n${i}`, 'ai', { prompt: 'x' })),
    ];
    const wires: Wire[] = [['t', 'out', 'n0']];
    for (let i = 0; i < 998; i += 2) {
      wires.push([`n${i}`, 'out', `n${i + 1}`], [`n${i + 1}`, 'out', `n${i}`]);
      if (i < 996) wires.push([`n${i + 1}`, 'error', `n${i + 2}`]);
    }
    const loops = checkFlow(flow(nodes, wires)).filter(({ code }) => code === 'loop_without_wait');
    expect(loops).toHaveLength(499);
  });
});

describe('what is missing in a node', () => {
  it.each<[NodeInput, string[]]>([
    [node('n', 'speak', {}), ['text']],
    [node('n', 'listen', {}), ['variable']],
    [node('n', 'listen', { variable: 'a', expect: 'choice' }), ['choices']],
    [
      node('n', 'listen', {
        variable: 'a',
        expect: 'choice',
        choices: [{ value: '', label: ' ' }],
      }),
      ['choices[0].value', 'choices[0].label'],
    ],
    [node('n', 'listen', { variable: 'a', expect: 'pattern' }), ['pattern']],
    [node('n', 'listen', { variable: 'a', timeout: '' }), ['timeout']],
    [
      node('n', 'listen', { variable: 'a', reminders: [{ after: '', text: '' }] }),
      ['reminders[0].after', 'reminders[0].text'],
    ],
    [node('n', 'ai', {}), ['prompt']],
    [node('n', 'ai', { prompt: 'x', output: 'variable' }), ['saveAs']],
    [node('n', 'logic', {}), ['kind']],
    [node('n', 'logic', { kind: 'branch' }), ['cases']],
    [node('n', 'logic', { kind: 'branch', cases: [{ handle: 'a', when: '' }] }), ['cases[0].when']],
    [node('n', 'logic', { kind: 'set' }), ['assign']],
    [node('n', 'logic', { kind: 'set', assign: [{ name: '', value: 1 }] }), ['assign[0].name']],
    [node('n', 'logic', { kind: 'wait' }), ['duration']],
    [node('n', 'logic', { kind: 'wait', until: ' ' }), ['until']],
    [node('n', 'integration', {}), ['url']],
    [node('n', 'integration', { url: 'https://x.test', timeout: '' }), ['timeout']],
  ])('%j', (it, fields) => {
    const issues = issuesOf(it);
    expect(issues.map(({ code }) => code)).toEqual(fields.map(() => 'data_missing'));
    expect(issues.map(({ field }) => field)).toEqual(fields);
    expect(issues.every(({ nodeId, severity }) => nodeId === 'n' && severity === 'error')).toBe(
      true,
    );
  });
});

describe('what is wrong in a node', () => {
  const choices = [
    { value: 'a', label: 'Yes' },
    { value: 'A ', label: 'yes' },
  ];

  it.each<[NodeInput, IssueCode, IssueReason, string]>([
    [say('n', 'Hi {{ nme }}'), 'expression_invalid', 'name_unknown', 'text'],
    [say('n', 'Hi {{ vars.a'), 'expression_invalid', 'template_unclosed', 'text'],
    [
      say('n', `{{ "${'x'.repeat(4000)}" }}`),
      'expression_too_large',
      'expression_too_large',
      'text',
    ],
    [
      node('n', 'listen', { variable: 'a', expect: 'pattern', pattern: '(' }),
      'pattern_invalid',
      'pattern_invalid',
      'pattern',
    ],
    [
      node('n', 'listen', { variable: 'a', expect: 'choice', choices }),
      'choice_duplicate',
      'choice_duplicate',
      'choices[1].value',
    ],
    [
      node('n', 'ai', { prompt: 'x', system: '{{ 1 + }}' }),
      'expression_invalid',
      'expression_unfinished',
      'system',
    ],
    [
      node('n', 'logic', { kind: 'branch', cases: [{ handle: 'a', when: '1 + 1' }] }),
      'expression_invalid',
      'condition_not_bool',
      'cases[0].when',
    ],
    [
      node('n', 'logic', { kind: 'set', assign: [{ name: 'a', value: { b: ['{{ }}'] } }] }),
      'expression_invalid',
      'expression_empty',
      'assign[0].value.b[0]',
    ],
    [
      node('n', 'logic', { kind: 'wait', duration: 'PT1S', until: '2030-01-01' }),
      'data_conflict',
      'wait_conflict',
      'until',
    ],
    [
      node('n', 'logic', { kind: 'wait', until: 'soon' }),
      'wait_invalid',
      'instant_invalid',
      'until',
    ],
    [
      node('n', 'ai', { prompt: 'Hi', model: '../evil' }),
      'model_invalid',
      'model_invalid',
      'model',
    ],
    [node('n', 'integration', { url: 'x.test/a' }), 'url_invalid', 'url_invalid', 'url'],
    [
      node('n', 'integration', { url: 'https://x.test', body: {} }),
      'data_conflict',
      'body_not_sent',
      'body',
    ],
    [
      node('n', 'integration', { url: 'https://x.test', headers: { a: 'b\nc' } }),
      'header_invalid',
      'header_line_break',
      'headers.a',
    ],
    [
      node('n', 'integration', { url: 'https://x.test', query: { q: '{{ x }}' } }),
      'expression_invalid',
      'name_unknown',
      'query.q',
    ],
  ])('%j: %s', (it, code, reason, field) => {
    const [issue] = it.type === 'trigger' ? checkFlow(flow([it])) : issuesOf(it);
    expect(issue).toMatchObject({ severity: 'error', code, reason, field, nodeId: 'n' });
  });

  it('warns of data that is not used', () => {
    const listen = node('n', 'listen', {
      variable: 'a',
      choices: choices.slice(0, 1),
      pattern: 'a',
    });
    expect(issuesOf(listen)).toMatchObject([
      { severity: 'warning', code: 'data_unused' },
      { severity: 'warning', code: 'data_unused' },
    ]);
  });

  it('gives the position of a fault', () => {
    expect(issuesOf(say('n', 'Hi {{ nme }}'))[0]?.offset).toBe(6);
  });
});

describe('an ai node', () => {
  const collect = { type: 'object', properties: { email: { type: 'string' } } };
  const tool = {
    ...({ kind: 'integration', node: 'i', name: 'look_up', description: 'Looks up' } as const),
  };
  const call = node('i', 'integration', { url: 'https://a.example/' });
  const codesOf = (data: Parameters<typeof node<'ai'>>[2]) =>
    checkFlow(flow([trigger, node('a', 'ai', data), call], [['t', 'out', 'a']])).map(
      ({ code, field }) => `${code} ${field}`,
    );

  it('that converses needs a goal, and a variable for what it collects', () => {
    const tools = [tool];
    expect(codesOf({ tools, converse: { goal: 'Booked', collect }, saveAs: 'lead' })).toEqual([]);
    expect(codesOf({ tools, converse: { goal: '', collect, timeout: '' } })).toEqual([
      'data_missing converse.goal',
      'data_missing saveAs',
      'data_missing converse.timeout',
    ]);
    const text = { type: 'string' };
    expect(codesOf({ tools, converse: { goal: 'x', collect: text }, saveAs: 'v' })).toEqual([
      'schema_invalid converse.collect.type',
    ]);
    expect(codesOf({ tools: [tool], converse: { goal: 'x' }, schema: collect })).toEqual([
      'data_conflict schema',
      'data_conflict tools',
    ]);
  });

  it('that converses ends no loop without a wait', () => {
    const loop = flow(
      [trigger, node('a', 'ai', { converse: { goal: 'x' } })],
      [
        ['t', 'out', 'a'],
        ['a', 'out', 'a'],
      ],
    );
    expect(checkFlow(loop)).toEqual([]);
  });

  it('reaches the integrations that it may call', () => {
    expect(codesOf({ prompt: 'Hi', tools: [tool] })).toEqual([]);
    expect(codesOf({ prompt: 'Hi' })).toEqual(['unreachable undefined']);
  });

  it('calls only what there is, each by a name of its own', () => {
    const other = { ...tool, node: 't', name: 'other' };
    expect(codesOf({ prompt: 'Hi', tools: [tool, other] })).toEqual(['tool_missing tools[1].node']);
    const search = { ...tool, name: 'search_knowledge' };
    expect(codesOf({ prompt: 'Hi', tools: [tool, tool, search] })).toEqual([
      'data_conflict tools[1]',
      'data_conflict tools[2].name',
    ]);
    expect(codesOf({ prompt: 'Hi', tools: [tool, { kind: 'integration' }] })).toEqual([
      'data_missing tools[1].node',
      'data_missing tools[1].name',
      'data_missing tools[1].description',
    ]);
    const parameters = { type: 'array', items: { type: 'string' } };
    expect(codesOf({ prompt: 'Hi', tools: [{ ...tool, parameters }] })).toEqual([
      'schema_invalid tools[0].parameters.type',
    ]);
  });

  it('has a text to stand in where it wants one, and none for a structured answer', () => {
    const tools = [tool];
    expect(codesOf({ prompt: 'Hi', tools, fallback: { kind: 'passage' } })).toEqual([]);
    expect(codesOf({ prompt: 'Hi', tools, fallback: { kind: 'text' } })).toEqual([
      'data_missing fallback.text',
    ]);
    const fallback = { kind: 'text', text: 'Later' } as const;
    const structured = { prompt: 'Hi', output: 'variable', saveAs: 'v', schema: collect } as const;
    expect(codesOf({ ...structured, fallback })).toContain('data_conflict fallback');
  });

  it('is warned of a system prompt that visitors can write in', () => {
    const listen = node('l', 'listen', { variable: 'name' });
    const warningsOf = (system: string) =>
      checkFlow(
        flow(
          [trigger, listen, node('a', 'ai', { prompt: 'Hi', system })],
          [
            ['t', 'out', 'l'],
            ['l', 'out', 'a'],
          ],
          [{ name: 'city', default: 'Oslo' }],
        ),
      ).map(({ severity, code, params }) => [severity, code, params]);
    expect(warningsOf('You serve {{ vars.name }}.')).toEqual([
      ['warning', 'visitor_words', { expression: 'vars.name' }],
    ]);
    expect(warningsOf('{{ vars["name"] }}')).toEqual([
      ['warning', 'visitor_words', { expression: 'vars.name' }],
    ]);
    expect(warningsOf('{{ size(messages) }}')).toEqual([
      ['warning', 'visitor_words', { expression: 'messages' }],
    ]);
    expect(warningsOf('You serve {{ contact.name }}.')).toEqual([
      ['warning', 'visitor_words', { expression: 'contact.name' }],
    ]);
    expect(warningsOf('{{ string(contact) }}')[0]).toEqual([
      ...['warning', 'visitor_words', { expression: 'contact' }],
    ]);
    for (const calm of [
      ...['You are in {{ vars.city }}.', 'Read the messages.', '{{ run.id }}'],
      'Answer in {{ contact.locale }}.',
    ]) {
      expect(warningsOf(calm)).toEqual([]);
    }
    expect(warningsOf('{{ vars.name')).toHaveLength(1);
  });
});

describe('the contact', () => {
  const reads = (text: string) =>
    issuesOf(say('s', text)).map(({ severity, reason, params, offset }) => [
      ...[severity, reason, params, offset],
    ]);

  it('has fields that expressions can read, and no others', () => {
    expect(
      reads('{{ contact.name }} {{ contact.attributes.plan }} {{ "vip" in contact.tags }}'),
    ).toEqual([]);
    expect(reads('Hi {{ contact.nmae }}')).toEqual([
      ['warning', 'contact_field_misspelt', { name: 'nmae', suggestion: 'name' }, 6],
    ]);
    expect(reads('{{ has(contact.plan) }}')).toEqual([
      ['warning', 'contact_field_unknown', { name: 'plan' }, 7],
    ]);
    expect(reads('{{ vars_of.contact.plan }}').map(([, reason]) => reason)).toEqual([
      'name_unknown',
    ]);
  });

  it('is written by fields with names', () => {
    const written = (set: { name: string; value: string }[]) =>
      issuesOf(node('c', 'integration', { kind: 'contact', set })).map(({ code, field }) => [
        ...[code, field],
      ]);
    expect(written([])).toEqual([['data_missing', 'set']]);
    expect(
      written([
        { name: 'email', value: '{{ 1 + }}' },
        { name: '', value: 'x' },
      ]),
    ).toEqual([
      ['data_missing', 'set[1].name'],
      ['expression_invalid', 'set[0].value'],
    ]);
  });
});
