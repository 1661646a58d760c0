import { flowSchema } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { edge, node, row } from '../../../tests/support/flows.js';
import { checkFlow } from './check-flow.js';

const respond = (id: string) => node(id, 'integration', { kind: 'respond' });

/** The reasons of warnings about answers, with their nodes. */
function heard(trigger: string, ids: string[], edges: object[] = []) {
  const flow = row(ids.map(respond), { edges: edges as never });
  const nodes = flow.nodes.map((one) =>
    one.type === 'trigger' ? { ...one, data: { kind: trigger } } : one,
  );
  return checkFlow(flowSchema.parse({ schemaVersion: 1, ...flow, nodes }))
    .filter(({ code }) => code === 'answer_unheard')
    .map(({ reason, nodeId, severity }) => [reason, nodeId, severity]);
}

describe('respond nodes', () => {
  it('answer the webhook, once', () => {
    expect(heard('webhook', ['a'])).toEqual([]);
    expect(heard('webhook', ['a', 'b'])).toEqual([['answer_again', 'b', 'warning']]);
  });

  it('answer nobody if no webhook asked', () => {
    expect(heard('chat', ['a'])).toEqual([['answer_unasked', 'a', 'warning']]);
  });

  it('answer once in a loop', () => {
    expect(heard('webhook', ['a'], [edge('a', 'out', 'a')])).toEqual([
      ['answer_again', 'a', 'warning'],
    ]);
  });

  it.each([
    [{ status: 'soon' }, 'status_invalid', 'status'],
    [{ headers: { 'Set-Cookie': 'a=b' } }, 'header_not_answered', 'headers.Set-Cookie'],
    [{ headers: { 'X-Frame-Options': 'DENY' } }, 'header_not_answered', 'headers.X-Frame-Options'],
    [{ headers: { 'X-A': 'a\r\nb: c' } }, 'header_line_break', 'headers.X-A'],
    [{ body: { a: ['{{ vars. }}'] } }, 'expression_unfinished', 'body.a[0]'],
  ])('do not run with %j', (data, reason, field) => {
    const flow = row([node('n', 'integration', { kind: 'respond', ...data })]);
    const errors = checkFlow(flowSchema.parse({ schemaVersion: 1, ...flow })).filter(
      ({ severity }) => severity === 'error',
    );
    expect(errors).toMatchObject([{ reason, field, nodeId: 'n' }]);
  });
});
