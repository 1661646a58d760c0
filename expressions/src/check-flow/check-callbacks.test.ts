import { flowSchema } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { ask, edge, node, row, say } from '../../../tests/support/flows.js';
import { checkCallbacks } from './check-callbacks.js';

const call = (id: string) => ask(id, { expect: 'callback' });

function issuesOf(flow: ReturnType<typeof row>) {
  const parsed = flowSchema.parse({ schemaVersion: 1, ...flow });
  return checkCallbacks(parsed).map(({ reason, nodeId, field }) => [reason, nodeId, field]);
}

const text = (source: string) => say('text', source);
const branch = node('branch', 'logic', {
  kind: 'branch',
  cases: [{ handle: 'a', when: 'true' }],
});

describe('callbackUrl()', () => {
  it.each([
    ['before the node', row([text('{{ callbackUrl() }}'), call('a')])],
    ['with others in between', row([text('{{ callbackUrl() }}'), ask('name'), call('a')])],
    ['for the first of two', row([text('{{ callbackUrl() }}'), call('a'), call('b')])],
    ['by a label', row([text('{{ callbackUrl("b") }}'), call('a'), call('b')])],
    ['by a name that only a run knows', row([text('{{ callbackUrl(vars.a) }}'), call('a')])],
    [
      'in a reminder of the node itself',
      row([
        ask('a', { expect: 'callback', reminders: [{ after: 'P1D', text: '{{callbackUrl()}}' }] }),
      ]),
    ],
    [
      'in a request that a model makes before it',
      row(
        [
          node('lead', 'ai', { prompt: 'Go', tools: [{ kind: 'integration', node: 'http' }] }),
          call('a'),
        ],
        {
          aside: [
            node('http', 'integration', {
              kind: 'http',
              url: 'https://a.example/{{ callbackUrl() }}',
            }),
          ],
        },
      ),
    ],
  ])('is fine %s', (_, flow) => {
    expect(issuesOf(flow)).toEqual([]);
  });

  it.each([
    ['callback_missing', row([text('{{ callbackUrl() }}'), ask('name')])],
    ['callback_missing', row([call('a'), text('{{ callbackUrl() }}')])],
    ['callback_unknown', row([text('{{ callbackUrl("name") }}'), ask('name'), call('a')])],
    [
      'callback_ambiguous',
      row([text('{{ callbackUrl() }}'), branch], {
        aside: [call('a'), call('b')],
        edges: [edge('branch', 'a', 'a'), edge('branch', 'else', 'b')],
      }),
    ],
  ])('is told: %s', (reason, flow) => {
    expect(issuesOf(flow)).toEqual([[reason, 'text', 'text']]);
  });
});
