import { flowSchema, flowTestSchema } from '@crmflow/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryFlow } from '../../workflows/test/arbitrary-flow.js';
import { crashLottery } from './crash-lottery.js';

const steps = fc.array(
  fc.oneof(
    fc.constantFrom('yes', 'no', '3', 'hello').map((user) => ({ user })),
    fc.constantFrom('PT30S', 'P1D', 'P3W').map((after) => ({ after })),
    fc.constant({ operator: { takeOver: true } }),
    fc.constant({ operator: { handBack: 'reask' } }),
  ),
  { maxLength: 8 },
);

describe('the crash lottery', () => {
  it('tells the same events for any flow and any test', () => {
    fc.assert(
      fc.property(arbitraryFlow, steps, (draft, taken) => {
        const flow = flowSchema.parse(draft);
        const mocks = flow.nodes.map(({ id }) => ({ node: id, return: 'yes', takes: 'PT10S' }));
        const test = flowTestSchema.parse({ id: 't', name: 'T', steps: taken, mocks });
        expect(crashLottery(flow, test, 3)).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  it('finds what depends on where a worker dies', () => {
    const flow = flowSchema.parse({
      ...{ schemaVersion: 1, name: 'F', edges: [] },
      nodes: [
        {
          ...{ id: 'start', type: 'trigger', label: '', position: { x: 0, y: 0 } },
          data: { kind: 'chat' },
        },
      ],
    });
    const test = flowTestSchema.parse({ id: 't', name: 'T' });
    // A test whose start changes between two of its runs stands for what is lost in a crash.
    let reads = 0;
    const odd = Object.defineProperty({ ...test }, 'start', {
      get: () => ({ now: (reads += 1) > 1 ? '2030-01-01T00:00:00Z' : '2031-01-01T00:00:00Z' }),
    });
    expect(crashLottery(flow, odd)).toMatchObject({
      expected: expect.stringContaining('run.started'),
      got: expect.stringContaining('run.started'),
    });
  });
});
