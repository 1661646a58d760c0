import { type Flow, type FlowTest, unknownContact } from '@crmflow/contracts';
import { isZone, localeOf } from '@crmflow/expressions';
import {
  begin,
  compileProgram,
  loadProgram,
  type Program,
  type RunState,
} from '@crmflow/workflows/core';
import type { RunFlowInput, RunProgram, RunStart } from '@crmflow/workflows';

/** When tests begin that do not say it: a Monday morning. */
const defaultNow = Date.parse('2030-01-07T09:00:00Z');

/** Nobody calls these addresses: a step answers the node itself. */
const callbacks = { base: 'https://callback.invalid/', secret: 'test' };

/** A test that cannot begin. */
export class TestInvalid extends Error {
  override readonly name = 'TestInvalid';

  constructor(
    readonly expected: string,
    readonly got: string,
  ) {
    super(`expected ${expected}, got ${got}`);
  }
}

/** The start of a test, as runs have it. */
export function startOf({ id, start }: Pick<FlowTest, 'id' | 'start'>): RunStart {
  const { input = {}, now, timezone = 'UTC', locale = 'en', channel, contact } = start;
  if (!isZone(timezone)) throw new TestInvalid('a time zone, such as Europe/Berlin', timezone);
  return {
    runId: `test-${id}`,
    workflowId: 'test',
    version: 'draft',
    input: channel === undefined ? input : { channel, ...input },
    locale: localeOf(locale, timezone),
    ...(contact && { contact: { ...unknownContact, ...definedOf(contact) } }),
    startedAt: now === undefined ? defaultNow : Date.parse(now),
    hasLogBudget: true,
  };
}

const definedOf = (values: object) =>
  Object.fromEntries(
    Object.entries(values as Record<string, unknown>).filter(([, value]) => value !== undefined),
  );

const compiled = new WeakMap<Flow, RunProgram>();

/** What runs of a flow execute; worked out once for each flow. */
function compile(flow: Flow): RunProgram {
  const known = compiled.get(flow) ?? compileProgram(flow);
  compiled.set(flow, known);
  return known;
}

/**
 * A run before its first event.
 * @throws TestInvalid where the flow has no trigger
 */
export function programOf(flow: Flow, start: RunStart): { program: Program; state: RunState } {
  if (!flow.nodes.some(({ type }) => type === 'trigger')) {
    throw new TestInvalid('a flow with a trigger', 'none');
  }
  const input: RunFlowInput = { callbacks, ...start, ...compile(flow) };
  return { program: loadProgram(input), state: begin(input) };
}
