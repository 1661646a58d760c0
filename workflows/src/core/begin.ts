import { jsonBytes } from '@crmflow/contracts';
import type { RunFlowInput } from '../run-input.js';
import type { RunState } from './state.js';

/** The state of a run that has not done anything yet. */
export function begin({ variables, startedAt }: RunFlowInput): RunState {
  const set = variables.flatMap(({ name, default: value }) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return {
    seq: 0,
    clock: startedAt,
    position: { kind: 'start' },
    variables: Object.fromEntries(set),
    variableBytes: Object.fromEntries(set.map(([name, value]) => [name, jsonBytes(value)])),
    visits: {},
    steps: 0,
    transcript: [],
    inbox: [],
    seen: [],
  };
}
