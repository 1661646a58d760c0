import type { Queued, Restart, RunState } from '../state.js';
import { sizesOf } from './known.js';
import type { Rebuild } from './rebuild.js';

/** From where a run goes on, and what its log does not tell. */
export type RestartAt = {
  by: Restart['by'];
  nodeId: string;
  /** The one that the node will have. */
  visit: number;
  /** It knows what it knew after this event; it must have been marked. */
  afterSeq: number;
  /** When that was asked for, in epoch milliseconds. */
  at: number;
  stepping: boolean;
  pausePoints: string[];
  /** Messages that wait, in order. */
  inbox: Queued[];
  /** The newest message ids, oldest first. */
  seen: string[];
};

/**
 * The state in which a run begins that goes on from a node: it knows what it knew there, and
 * remembers all that was said and visited up to the end of the log.
 */
export function restart(rebuild: Rebuild, from: RestartAt): RunState {
  const { by, nodeId, afterSeq, at, stepping, pausePoints, inbox, seen } = from;
  const { seq, clock, visits, transcript, logSize, spoke } = rebuild.state();
  const { variables, fault } = rebuild.knownAt(afterSeq);
  return {
    seq,
    clock: Math.max(clock, at),
    position: { kind: 'start', resumed: { by, nodeId, afterSeq } },
    variables,
    variableBytes: sizesOf(variables),
    visits: { ...visits, [nodeId]: from.visit - 1 },
    // Whoever goes back by hand does not go round by mistake.
    steps: 0,
    logSize,
    logSizeAtProgress: logSize,
    transcript,
    ...(fault && { fault }),
    ...(spoke && { spoke }),
    stepping,
    pausePoints: pausePoints.length > 0 ? [{ nodeIds: pausePoints, at: 0 }] : [],
    inbox,
    seen,
  };
}
