import { limits, type RunResponse } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { node, row, say } from '../../../../tests/support/flows.js';
import { compileRun } from '../../compile-run.js';
import { advance, begin, loadProgram, viewOf } from '../index.js';

function run(data: object) {
  const flow = row([node('it', 'integration', { kind: 'respond', ...data }), say('end', 'On')]);
  const input = compileRun(
    { schemaVersion: 1, ...flow },
    {
      ...{ runId: 'run-1', workflowId: 'flow-1', version: 'draft', startedAt: 0 },
      input: { body: { id: 7, name: 'Größe', bad: 'a\nb' } },
    },
  );
  const program = loadProgram(input);
  const { state, events } = advance(program, begin(input));
  const responses = events.flatMap(({ type, data: told }): RunResponse[] =>
    type === 'node.completed' && told.response ? [told.response] : [],
  );
  const view = viewOf(program, state);
  return { responses, status: view.status, error: view.error?.code };
}

describe('a respond node', () => {
  it('gives its answer when it is left, and the run continues', () => {
    const answer = run({
      ...{
        status: '{{ input.body.id == 7 ? 201 : 200 }}',
        headers: { 'X-Id': '{{ input.body.id }}' },
      },
      body: { ok: true, name: '{{ input.body.name }}', id: '{{ input.body.id }}' },
    });
    expect(answer).toEqual({
      responses: [
        { status: 201, headers: { 'X-Id': '7' }, body: { ok: true, name: 'Größe', id: 7 } },
      ],
      ...{ status: 'completed', error: undefined },
    });
    expect(run({}).responses).toEqual([{ status: 200, headers: {}, body: null }]);
  });

  it.each([
    [{ status: '{{ input.body.name }}' }, 'status_invalid'],
    [{ status: '{{ 600 }}' }, 'status_invalid'],
    [{ headers: { 'X-Bad': '{{ input.body.bad }}' } }, 'header_invalid'],
    [{ body: '{{ input.body.missing }}' }, 'expression_failed'],
    [{ body: Array(6).fill('x'.repeat(limits.valueBytes / 5)) }, 'value_too_large'],
  ])('fails for %j', (data, code) => {
    expect(run(data)).toEqual({ responses: [], status: 'failed', error: code });
  });
});
