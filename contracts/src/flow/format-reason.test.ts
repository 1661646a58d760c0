import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fieldErrors, formatPath } from '../field-errors.js';
import { because, issueOf } from '../issues/issue.js';
import { flowSchema } from './flow.js';
import { formatReason } from './format-reason.js';

const node = (type: string, data: object, more: object = {}) => ({
  ...{ id: 'n', type, label: '', position: { x: 0, y: 0 }, data },
  ...more,
});

/** What is wrong with a flow of these nodes: the path, the reason, its params. */
function reasonsOf(nodes: object[], more: object = {}) {
  const flow = { schemaVersion: 1, name: 'Any', nodes, edges: [], ...more };
  const { error } = flowSchema.safeParse(flow);
  return (error?.issues ?? []).map((issue) => {
    const why = formatReason(issue);
    expect(issueOf(why)).toMatchObject({ severity: 'error' });
    return [formatPath(issue.path).replace('nodes[0].data.', ''), why.reason, why.params];
  });
}

const listen = (data: object) => node('listen', data);
const imported = (more: object) => ({
  ...{ schemaVersion: 1, name: 'Any', nodes: [], edges: [] },
  ...more,
});
const of = (data: object) => imported({ nodes: [listen(data)] });
const one = (known: string) => ({ known, count: 1 });
const reserved = ['name_forbidden', {}] as const;
const tooLong = because('text_too_long', { limit: 3 });

const http = (data: object) => [node('integration', { url: 'https://a.example', ...data })];
const edge = (id: string, more: object = {}) => ({
  ...{ id, source: 'n', sourceHandle: 'out', target: 'n' },
  ...more,
});

describe('what is wrong with the format of a flow', () => {
  it.each<[object[], string, string, object]>([
    [[node('listen', { variable: 'a b' })], 'variable', 'variable_name_invalid', {}],
    [[node('listen', { variable: '__proto__' })], 'variable', 'name_forbidden', {}],
    [[node('listen', { timeout: 'soon' })], 'timeout', 'duration_invalid', {}],
    [[node('listen', { retries: 21 })], 'retries', 'value_too_big', { limit: 20 }],
    [[node('listen', { retries: -1 })], 'retries', 'value_too_small', { limit: 0 }],
    [
      [node('listen', { expect: 'choice', choices: Array(101).fill({ value: 'a', label: 'a' }) })],
      'choices',
      'list_too_long',
      { limit: 100 },
    ],
    [http({ timeout: 'PT6M' }), 'timeout', 'time_limit_too_long', { minutes: 5 }],
    [http({ retryFor: 'P8D' }), 'retryFor', 'retry_time_invalid', { days: 7 }],
    [http({ headers: { 'a b': '' } }), 'headers.a b', 'header_name_invalid', { name: 'a b' }],
    [
      [node('logic', { kind: 'branch', cases: [{ handle: 'else', when: 'true' }] })],
      'cases[0].handle',
      'branch_name_else',
      {},
    ],
    [
      [node('speak', { text: '' }, { label: 'x'.repeat(201) })],
      'nodes[0].label',
      'text_too_long',
      { limit: 200 },
    ],
  ])('%#: %s is %s', (nodes, path, reason, params) => {
    expect(reasonsOf(nodes)).toEqual([[path, reason, params]]);
  });

  it('is said of how nodes are connected and named', () => {
    const speak = node('speak', { text: 'Hi' });
    const edges = [
      edge('a'),
      edge('a', { sourceHandle: 'error' }),
      edge('b', { source: 'x', target: 'y' }),
      edge('c'),
    ];
    const variables = [{ name: 'v' }, { name: 'v' }];
    expect(reasonsOf([speak, speak], { edges, variables })).toEqual([
      ['nodes[1].id', 'node_id_duplicate', { id: 'n' }],
      ['edges[1].id', 'edge_id_duplicate', { id: 'a' }],
      ['edges[3].sourceHandle', 'handle_used_twice', { handle: 'out', node: 'n' }],
      [
        'edges[1].sourceHandle',
        'edge_handle_unknown',
        { handle: 'error', node: 'n', known: 'out' },
      ],
      ['edges[2].source', 'edge_source_unknown', { id: 'x' }],
      ['edges[2].target', 'edge_target_unknown', { id: 'y' }],
      ['variables[1].name', 'variable_duplicate', { name: 'v' }],
    ]);
  });

  it.each<[string, unknown, string, string, object]>([
    ['no object', null, '', 'type_expected', { expected: 'object' }],
    ['another format', imported({ schemaVersion: 2 }), 'schemaVersion', 'value_unknown', one('1')],
    ['no name', imported({ name: '' }), 'name', 'text_missing', {}],
    ['a NUL character', imported({ name: 'a\0' }), 'name', 'characters_forbidden', {}],
    ['no nodes', imported({ nodes: undefined }), 'nodes', 'type_expected', { expected: 'list' }],
    ['a fraction', of({ retries: 1.5 }), 'retries', 'type_expected', { expected: 'integer' }],
    ['a switch as text', of({ expect: 1 }), 'expect', 'value_unknown', { count: 8 }],
    ['another type', imported({ nodes: [node('fax', {})] }), 'type', 'value_unknown', { count: 6 }],
    ['an unknown field', of({ colour: 1 }), 'colour', 'field_unknown', {}],
    ['an empty ID', imported({ nodes: [{ ...listen({}), id: '' }] }), 'id', 'text_missing', {}],
    ['a reserved ID', imported({ nodes: [{ ...listen({}), id: 'prototype' }] }), 'id', ...reserved],
  ])('is data too in the JSON of an import: %s', (_, flow, path, reason, params) => {
    const { error } = flowSchema.safeParse(flow);
    expect(fieldErrors(error!)).toMatchObject([
      { path: expect.stringMatching(new RegExp(`(^|\\.)${path}$`)), reason, params },
    ]);
  });

  it('is the words of the schema where nothing more is known', () => {
    const { error } = z.string().url('must be a URL').safeParse('x');
    const detail = 'must be a URL';
    expect(formatReason(error!.issues[0]!)).toEqual(because('format_invalid', { detail }));
    expect(fieldErrors(error!)).toEqual([{ path: '', message: detail }]);
  });

  it('tells a long key of a map from a bad name of a header', () => {
    const keys = z.object({ query: z.record(z.string().max(3), z.string()) });
    const { error } = keys.safeParse({ query: { long: '' } });
    expect(fieldErrors(error!)).toMatchObject([{ path: 'query.long', ...tooLong }]);
  });

  it('has the code `invalid` where a schema says it', () => {
    const codeOf = (nodes: object[]) => {
      const { error } = flowSchema.safeParse({ schemaVersion: 1, name: 'Any', nodes, edges: [] });
      return issueOf(formatReason(error!.issues[0]!)).code;
    };
    for (const data of [{ timeout: 'PT6M' }, { timeout: 'soon' }, { retryFor: 'P8D' }]) {
      expect(codeOf(http(data))).toBe('invalid');
    }
  });
});
