import { parseDuration } from '@crmflow/contracts';
import { NodeFault } from '../../node-fault.js';
import type { Input, ReplySuspension, AiTurnState } from '../../state.js';
import type { Turn } from '../../turn.js';
import type { Expected, Outcome, VisitOf } from '../behaviour.js';
import { emitWaiting } from '../waiting.js';
import { ask } from './ask.js';
import { newTurnState } from './turn-state.js';

type Visit = VisitOf<'ai'>;

/** What it expects while it converses. */
export const anyReply: Expected = { expect: 'any' };

/**
 * Waits for the visitor's next reply.
 * @throws NodeFault `turn_limit_reached`
 */
export function waitForReply(turn: Turn, visit: Visit, talk: AiTurnState): Outcome {
  const { maxTurns = 0, timeout } = visit.node.data.converse ?? {};
  if (talk.replies >= maxTurns) {
    const message = `The goal was not met within ${maxTurns} replies. Allow more replies, or collect less.`;
    throw new NodeFault('turn_limit_reached', message);
  }
  const timeoutMs = timeout ? parseDuration(timeout) : null;
  const deadline = timeoutMs === null ? undefined : turn.state.clock + timeoutMs;
  emitWaiting(turn, visit, anyReply, deadline);
  return {
    suspend: {
      kind: 'reply',
      ...{ nodeId: visit.node.id, visit: visit.visit, enteredAt: visit.enteredAt },
      ...(deadline !== undefined && { deadline }),
      ...{ reminders: [], retriesLeft: 0, said: talk.said, talk },
    },
  };
}

/** Asks the model about the conversation as it stands now. */
export function askAnew(turn: Turn, visit: Visit, talk: AiTurnState = newTurnState): Outcome {
  const { calls, said, replies } = talk;
  return ask(turn, visit, { ...newTurnState, calls, said, replies });
}

/**
 * Handles the visitor's reply, or that none came in time.
 * @throws NodeFault `no_reply`
 */
export function onReply(
  turn: Turn,
  visit: Visit,
  { talk = newTurnState }: ReplySuspension,
  input: Input,
): Outcome {
  turn.progress();
  if (input.kind !== 'reply') {
    throw new NodeFault('no_reply', 'The customer did not reply in time.');
  }
  turn.hear(input, visit);
  return askAnew(turn, visit, { ...talk, replies: talk.replies + 1 });
}
