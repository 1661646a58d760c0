import { type FlowNode, type KindId, kindOf } from '@crmflow/contracts';
import type { Input, NodeSuspension, ReplySuspension } from '../state.js';
import type { Turn, Visit } from '../turn.js';
import { ai } from './ai/ai.js';
import type { Expected, Outcome } from './behaviour.js';
import { branch } from './branch.js';
import { contact } from './contact.js';
import { flow } from './flow.js';
import { handoff } from './handoff.js';
import { http } from './http.js';
import { listen } from './listen/listen.js';
import { respond } from './respond.js';
import { set } from './set.js';
import { speak } from './speak.js';
import { trigger } from './trigger.js';
import { wait } from './wait.js';

/** A behaviour as all have in common; it only meets nodes and suspensions of its own kind. */
type AnyBehaviour = {
  enter(turn: Turn, visit: Visit): Outcome;
  resume?(turn: Turn, visit: Visit, suspension: NodeSuspension, input: Input): Outcome;
  expects?(data: FlowNode['data']): Expected | undefined;
  askAgain?(
    turn: Turn,
    visit: Visit,
    suspension: ReplySuspension,
    question: string | undefined,
  ): Outcome;
};

const behaviours: Record<KindId, AnyBehaviour> = {
  trigger,
  speak,
  listen,
  ai,
  branch,
  set,
  wait,
  http,
  contact,
  respond,
  handoff,
  flow,
};

/** A logic node whose kind was never chosen: the check keeps it out of runs that start now. */
const undecided: AnyBehaviour = { enter: () => ({ leave: 'out' }) };

/** What a node's kind does. */
export function behaviourOf(node: FlowNode): AnyBehaviour {
  const kind = kindOf(node);
  return kind ? behaviours[kind] : undecided;
}
