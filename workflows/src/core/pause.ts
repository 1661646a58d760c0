import type { PauseReason } from '@crmflow/contracts';
import type { PausePoints, RunState } from './state.js';

/** While a call runs; then only the last one still counts. */
const mostChanges = 20;

/**
 * Replaces the pause points from the stamp of their arrival on. They need no place in the inbox:
 * whether the run pauses before a node is decided by comparing stamps, so that it does not matter
 * when they are looked at.
 */
export function addPausePoints(state: RunState, { nodeIds, at }: PausePoints): RunState {
  const changes = state.pausePoints.slice(0, mostChanges - 1);
  return { ...state, pausePoints: [...changes, { nodeIds, at }] };
}

/** Forgets the pause points that others have replaced by the run's clock. */
export function prunePausePoints({ pausePoints, clock }: RunState): RunState['pausePoints'] {
  const current = pausePoints.findLastIndex(({ at }) => at <= clock);
  return current > 0 ? pausePoints.slice(current) : pausePoints;
}

/** The pause points that were asked for last, whether they count by the run's clock yet or not. */
export function wantedPausePoints({ pausePoints }: RunState): string[] {
  return pausePoints.at(-1)?.nodeIds ?? [];
}

/** Why a run has to pause before it goes to a node, if it has to. */
export function pauseReason(
  { stepping, pausePoints, clock }: RunState,
  nodeId: string,
): PauseReason | null {
  if (stepping) return 'step';
  const current = pausePoints.findLast(({ at }) => at <= clock);
  return current?.nodeIds.includes(nodeId) ? 'pause_point' : null;
}
