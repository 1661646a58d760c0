import type { Conversation } from '@crmflow/contracts';
import { asApiError } from '../../api/as-api-error.js';
import { readConversation } from '../../api/conversations.js';
import {
  assignConversation,
  closeConversation,
  reopenConversation,
  snoozeConversation,
  takeOver,
} from '../../api/inbox.js';
import { aboutWhen } from '../../ui/format/when.js';
import { attempt } from '../../ui/toast/attempt.js';
import { toast } from '../../ui/toast/toast.js';
import { texts } from '../customers-texts.js';

/**
 * What one does with a conversation besides writing in it.
 * @param look shows it as it is afterwards
 */
export function conversationActs(conversation: Conversation, look: () => Promise<void>) {
  const { id, status, assigneeId } = conversation;
  const words = texts.inbox;
  const act = async (work: () => Promise<unknown>, said: string, undo?: () => Promise<unknown>) => {
    if (!(await attempt(work))) return;
    await look();
    const back = undo && { label: words.undo, run: () => void attempt(undo).then(look) };
    toast(said, back ? { action: back } : {});
  };
  const close = () =>
    act(
      () => closeConversation(id),
      words.closed,
      () => reopenConversation(id),
    );
  const reopen = () => act(() => reopenConversation(id), words.reopened);
  return {
    toggleClosed: status === 'closed' ? reopen : close,
    assign: (userId: string | null, name: string) =>
      act(
        () => assignConversation(id, userId),
        userId === null ? words.unassigned : words.assigned(name),
      ),
    snooze: (until: Date | null) =>
      act(
        () => snoozeConversation(id, until),
        until ? words.snoozedUntil(aboutWhen(until.toISOString())) : words.unsnoozed,
        until ? () => snoozeConversation(id, null) : undefined,
      ),
    /** Where somebody was faster, one sees who. */
    async takeOver(): Promise<boolean> {
      try {
        await takeOver(id, assigneeId);
        return true;
      } catch (error) {
        const { code, message } = asApiError(error);
        const now = code === 'already_taken' ? await readConversation(id).catch(() => null) : null;
        const name = now?.assigneeName;
        toast(name ? words.takenBy(name) : message, { kind: 'failed' });
        return false;
      } finally {
        await look();
      }
    },
  };
}

/** What one does with a conversation. */
export type ConversationActs = ReturnType<typeof conversationActs>;
