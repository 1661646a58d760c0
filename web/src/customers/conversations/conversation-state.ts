import type { Conversation } from '@crmflow/contracts';
import { isFinal } from '@crmflow/contracts/kinds';
import { roughDuration } from '../../ui/format/duration-words.js';
import { texts } from '../customers-texts.js';

/** Who has to do something next in a conversation. */
export type Turn = 'flow' | 'customer' | 'team' | 'person' | 'ended';

/** Whose turn it is. */
export function turnOf(
  conversation: Pick<Conversation, 'status' | 'control' | 'waitingSince' | 'runStatus'>,
): Turn {
  const { status, control, waitingSince, runStatus } = conversation;
  if (status === 'closed') return 'ended';
  if (waitingSince !== null) return 'team';
  if (control === 'human') return 'person';
  // A run that failed or was cancelled tells its conversation nothing more.
  if (runStatus === null || isFinal(runStatus)) return 'ended';
  return runStatus === 'waiting' ? 'customer' : 'flow';
}

/** The look of each. */
export const turnLooks: Record<Turn, string> = {
  flow: 'info',
  customer: '',
  team: 'warn',
  person: 'warn',
  ended: '',
};

/** How a conversation stands, in words. */
export function stateWords(conversation: Conversation): string {
  const words = texts.conversations;
  const state = words.states[turnOf(conversation)];
  const { waitingSince } = conversation;
  return waitingSince === null || conversation.status === 'closed'
    ? state
    : words.waitingFor(state, roughDuration(Date.now() - Date.parse(waitingSince)));
}
