import { flowSchema } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { checkFlow } from './check-flow.js';
import { nearestName } from './nearest-name.js';

type Part = [id: string, type: string, data: object];
type Wire = [source: string, handle: string, target: string];

/** What the check says of variables and braces: the node, the reason, the params. */
function warningsOf(parts: Part[], wires: Wire[], variables: object[] = []) {
  const nodes = [['t', 'trigger', { kind: 'manual' }] as Part, ...parts].map(
    ([id, type, data]) => ({
      ...{ id, type, label: id, position: { x: 0, y: 0 }, data },
    }),
  );
  const edges = wires.map(([source, sourceHandle, target], index) => ({
    ...{ id: `e${index}`, source, sourceHandle, target },
  }));
  const flow = flowSchema.parse({ schemaVersion: 1, name: 'Test', variables, nodes, edges });
  return checkFlow(flow)
    .filter(({ code }) => code === 'variable_unknown' || code === 'brace_stray')
    .map(({ severity, nodeId, reason, params, field, offset }) => {
      expect(severity).toBe('warning');
      return [nodeId, reason, params, field, offset];
    });
}

const ask: Part = ['ask', 'listen', { variable: 'name' }];
const say = (text: string, id = 'say'): Part => [id, 'speak', { text }];
const row = (...ids: string[]): Wire[] =>
  ids.slice(1).map((id, index) => [ids[index] ?? '', 'out', id]);

describe('variables that nothing sets', () => {
  it('are named with what was probably meant, and where', () => {
    expect(warningsOf([ask, say('Hi {{ vars.nmae }}')], row('t', 'ask', 'say'))).toEqual([
      ['say', 'variable_misspelt', { name: 'nmae', suggestion: 'name' }, 'text', 6],
    ]);
    const branch: Part = [
      'b',
      'logic',
      { kind: 'branch', cases: [{ handle: 'yes', when: 'vars["bugdet"] > 1000' }] },
    ];
    expect(warningsOf([branch], row('t', 'b'), [{ name: 'budget', default: 1 }])).toEqual([
      ['b', 'variable_misspelt', { name: 'bugdet', suggestion: 'budget' }, 'cases[0].when', 0],
    ]);
    expect(warningsOf([say('{{ vars.other }}')], row('t', 'say'))).toEqual([
      ['say', 'variable_unknown', { name: 'other' }, 'text', 3],
    ]);
  });

  it('are told from those that are set only afterwards', () => {
    expect(warningsOf([ask, say('{{ vars.name }}')], row('t', 'say', 'ask'))).toEqual([
      ['say', 'variable_set_later', { name: 'name' }, 'text', 3],
    ]);
  });

  it('a default sets a variable, and a declaration alone does not', () => {
    const parts = [say('{{ vars.plan }}')];
    expect(warningsOf(parts, row('t', 'say'), [{ name: 'plan', default: '' }])).toEqual([]);
    expect(warningsOf(parts, row('t', 'say'), [{ name: 'plan' }])).toHaveLength(1);
  });

  it.each<[string, Part[], Wire[]]>([
    [
      'on one of several ways',
      [ask, say('{{ vars.name }}')],
      [...row('t', 'ask', 'say'), ['ask', 'invalid', 'say']],
    ],
    ['on a way round a loop', [say('{{ vars.name }}'), ask], row('t', 'ask', 'say', 'ask')],
    [
      'by an assignment before it in the same node',
      [
        [
          'set',
          'logic',
          {
            kind: 'set',
            assign: [
              { name: 'a', value: 1 },
              { name: 'b', value: '{{ vars.a }}' },
            ],
          },
        ],
      ],
      row('t', 'set'),
    ],
    [
      'by what a model collects, or a service answers',
      [
        ['ai', 'ai', { prompt: 'x', saveAs: 'lead', output: 'both' }],
        ['http', 'integration', { url: 'https://a.example/', saveAs: 'slots' }],
        say('{{ vars.lead.name }} {{ vars.slots[0] }}'),
      ],
      row('t', 'ai', 'http', 'say'),
    ],
    [
      'by the model that calls the integration, which saves for what follows',
      [
        [
          'ai',
          'ai',
          {
            prompt: 'x',
            tools: [
              {
                ...{ kind: 'integration', node: 'http', name: 'look', description: 'x' },
                parameters: { type: 'object', properties: { day: { type: 'string' } } },
              },
            ],
          },
        ],
        ['http', 'integration', { url: 'https://a.example/{{ vars.day }}', saveAs: 'slots' }],
        say('{{ vars.slots }}'),
      ],
      row('t', 'ai', 'say'),
    ],
  ])('are fine where they are set %s', (_, parts, wires) => {
    expect(warningsOf(parts, wires)).toEqual([]);
  });

  it('are named where an assignment reads what only a later one of its node sets', () => {
    const assign = [
      { name: 'b', value: '{{ vars.a }}' },
      { name: 'a', value: 1 },
    ];
    const set: Part = ['set', 'logic', { kind: 'set', assign }];
    expect(warningsOf([set], row('t', 'set'))).toEqual([
      ['set', 'variable_set_later', { name: 'a' }, 'assign[0].value', 3],
    ]);
  });

  it.each(['has(vars.x) ? vars.x : ""', '"x" in vars', 'vars[input.key]', 'vars.', '"vars.x"'])(
    'are left alone where they may be missing: %s',
    (expression) => {
      expect(warningsOf([say(`{{ ${expression} }}`)], row('t', 'say'))).toEqual([]);
    },
  );

  it('are not looked for in what holds no expressions', () => {
    const listen = {
      variable: 'a',
      expect: 'choice',
      choices: [{ value: '{{ vars.x }}', label: 'x' }],
    };
    expect(warningsOf([['l', 'listen', listen]], row('t', 'l'))).toEqual([]);
  });
});

describe('the name that was meant', () => {
  it.each([
    ['nmae', 'name'],
    ['Name', 'name'],
    ['emial', 'email'],
    ['bugdet', 'budget'],
    ['plans', 'plan'],
    ['city', undefined],
    ['x', undefined],
  ])('%s: %s', (typed, meant) => {
    expect(nearestName(typed, ['', 'name', 'email', 'budget', 'plan'])).toBe(meant);
  });
});

describe('braces that a customer would read', () => {
  it.each([
    ['Hi {name}!', 'brace_single', { text: '{name}', name: 'name' }, 3],
    ['Hi {{ vars.name }} { vars.name }', 'brace_single', { name: 'name' }, 19],
    ['Thanks, {{ vars.name }} }}.', 'brace_stray', {}, 24],
    ['name }}', 'brace_stray', {}, 5],
  ])('%s', (text, reason, params, offset) => {
    expect(warningsOf([ask, say(text)], row('t', 'ask', 'say'))).toEqual([
      ['say', reason, expect.objectContaining(params), 'text', offset],
    ]);
  });

  it.each(['{{ vars.name }}', '{{ {"a": {"b": 1}}.a.b }}', '{1} { } {"a": 1}', '{{ "}}" }}'])(
    'leaves %s alone',
    (text) => {
      expect(warningsOf([ask, say(text)], row('t', 'ask', 'say'))).toEqual([]);
    },
  );
});
