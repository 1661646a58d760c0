import type { Input, NodeSuspension } from '../state.js';
import type { Turn, Visit } from '../turn.js';
import { ai } from './ai/ai.js';
import { integration } from './integration.js';
import { listen } from './listen.js';
import { logic } from './logic.js';
import type { Outcome } from './behaviour.js';
import { speak } from './speak.js';
import { trigger } from './trigger.js';

type AnyBehaviour = {
  enter(turn: Turn, visit: Visit): Outcome;
  resume?(turn: Turn, visit: Visit, suspension: NodeSuspension, input: Input): Outcome;
};

const behaviours = { trigger, speak, listen, ai, logic, integration };

/** What the kind of this visit's node does. */
export function behaviourOf(visit: Visit): AnyBehaviour {
  // Each behaviour only meets nodes and suspensions of its own kind: those it made itself.
  return behaviours[visit.node.type];
}
