import type { RunFlowInput } from '../run-input.js';
import { knownAtStart, sizesOf } from './rebuild/known.js';
import type { RunState } from './state.js';

/**
 * The state in which a run begins, or goes on where an earlier execution left off. What that one
 * did not know yet, as its worker was an older one, is as it is at the beginning.
 */
export function begin({
  variables,
  startedAt,
  mode,
  pausePoints = [],
  state,
}: RunFlowInput): RunState {
  const known = knownAtStart(variables);
  return {
    seq: 0,
    clock: startedAt,
    position: { kind: 'start' },
    variables: known.variables,
    variableBytes: sizesOf(known.variables),
    visits: {},
    steps: 0,
    logSize: 0,
    logSizeAtProgress: 0,
    transcript: [],
    stepping: mode === 'step',
    pausePoints: pausePoints.length > 0 ? [{ nodeIds: pausePoints, at: startedAt }] : [],
    inbox: [],
    seen: [],
    ...state,
  };
}
