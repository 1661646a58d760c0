import type {
  DataOf,
  KindId,
  NodeOfKind,
  RunError,
  RunResponse,
  Waiting,
} from '@crmflow/contracts';
import type { Input, NodeSuspension, ReplySuspension } from '../state.js';
import type { Turn, Visit } from '../turn.js';

/**
 * How a node goes on: it is left by a handle, or suspended until an input comes. `response` is for
 * whoever started the run.
 */
export type Outcome =
  | { leave: string; error?: Omit<RunError, 'nodeId'>; response?: RunResponse }
  | { suspend: NodeSuspension };

/** A visit to a node of one kind. */
export type VisitOf<K extends KindId> = Visit & { node: NodeOfKind<K> };

/** What a node that waits for a reply expects. */
export type Expected = Pick<Waiting, 'expect' | 'choices'>;

/**
 * What a kind of node does. `enter` and `resume` may throw NodeFault or FlowFault: the node's error.
 * @typeParam S the suspensions in which the kind can be
 */
export type Behaviour<K extends KindId, S extends NodeSuspension = never> = {
  enter(turn: Turn, visit: VisitOf<K>): Outcome;
} & ([S] extends [never]
  ? object
  : { resume(turn: Turn, visit: VisitOf<K>, suspension: S, input: Input): Outcome }) &
  ([Extract<S, ReplySuspension>] extends [never]
    ? object
    : {
        expects(data: DataOf<K>): Expected | undefined;
        /**
         * Asks again after a person has spoken.
         * @param question what the flow said last before that, where the node cannot ask by itself
         */
        askAgain(
          turn: Turn,
          visit: VisitOf<K>,
          suspension: ReplySuspension,
          question: string | undefined,
        ): Outcome;
      });
