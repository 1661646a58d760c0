import type { NodeOf, NodeType, RunError } from '@crmflow/contracts';
import type { Input, NodeSuspension } from '../state.js';
import type { Turn, Visit } from '../turn.js';

/** How a node goes on: it is left by a handle, or suspended until an input comes. */
export type Outcome =
  { leave: string; error?: Omit<RunError, 'nodeId'> } | { suspend: NodeSuspension };

/** A visit to a node of one kind. */
export type VisitOf<T extends NodeType> = Visit & { node: NodeOf<T> };

/**
 * What a kind of node does. `enter` and `resume` may throw NodeFault or FlowFault: the node's error.
 * @typeParam S the suspensions in which the kind can be
 */
export type Behaviour<T extends NodeType, S extends NodeSuspension = never> = {
  enter(turn: Turn, visit: VisitOf<T>): Outcome;
} & ([S] extends [never]
  ? object
  : { resume(turn: Turn, visit: VisitOf<T>, suspension: S, input: Input): Outcome });
