import { type FlowInput, flowSchema } from '@crmflow/contracts';
import { explore, runTests } from '@crmflow/proof';
import { describe, expect, it } from 'vitest';
import { findBuiltIn } from './built-in.js';
import { faults, type Finder, plant } from '../../testing/template-faults.js';

const templateOf = (name: string) => findBuiltIn(`template-${name}`) as FlowInput;

const findingsOf = (flow: ReturnType<typeof plant>) =>
  explore(flow).findings.map(({ kind, nodeId, handle, variable, code }) =>
    JSON.stringify([kind, nodeId, handle, variable, code]),
  );

/** What the explorer says of the templates as they are. */
const known = new Map<string, Set<string>>();
function knownOf(name: string): Set<string> {
  const found = known.get(name) ?? new Set(findingsOf(flowSchema.parse(templateOf(name))));
  known.set(name, found);
  return found;
}

describe('a fault in a template is found', () => {
  it.each(faults)('$in: $what', async (fault) => {
    const flow = plant(templateOf(fault.in), fault);
    const { results } = await runTests(flow, flow.tests ?? []);
    const found: Finder[] = [];
    if (results.some(({ passed }) => !passed)) found.push('tests');
    if (findingsOf(flow).some((one) => !knownOf(fault.in).has(one))) found.push('explorer');
    expect(found).toEqual(fault.by);
  });

  it('in at least 27 of 30 cases', () => {
    expect(faults).toHaveLength(30);
    expect(faults.filter(({ by }) => by.length > 0).length).toBeGreaterThanOrEqual(27);
  });
});
