import type { ConversationDetail, ConversationEvent } from '@crmflow/contracts';
import { batch, signal } from '@preact/signals';
import type { ApiError } from '../../api/api-error.js';
import { asApiError } from '../../api/as-api-error.js';
import { listConversationEvents, readConversation } from '../../api/conversations.js';

/** A conversation as it is now, and what was said in it as far as one may read that. */
export function watchConversation(id: string, { readsTranscript }: { readsTranscript: boolean }) {
  const detail = signal<ConversationDetail | undefined>(undefined);
  const events = signal<readonly ConversationEvent[]>([]);
  /** Why it is not known, or not known as it is now. */
  const failure = signal<ApiError | undefined>(undefined);
  let isLooking = false;

  async function look(): Promise<void> {
    if (isLooking) return;
    isLooking = true;
    try {
      const after = events.peek().at(-1)?.seq ?? 0;
      const [read, more] = await Promise.all([
        readConversation(id),
        readsTranscript ? listConversationEvents(id, after) : [],
      ]);
      batch(() => {
        detail.value = read;
        if (more.length > 0) events.value = [...events.peek(), ...more];
        failure.value = undefined;
      });
    } catch (error) {
      failure.value = asApiError(error);
    }
    isLooking = false;
  }

  return { detail, events, failure, look };
}

/** A conversation that is watched. */
export type WatchedConversation = ReturnType<typeof watchConversation>;
