import type { ConversationDetail, ConversationEvent, TeamEvent } from '@crmflow/contracts';
import { batch, signal } from '@preact/signals';
import type { ApiError } from '../../api/api-error.js';
import { asApiError } from '../../api/as-api-error.js';
import { listConversationEvents, readConversation } from '../../api/conversations.js';
import { listTeamEvents } from '../../api/inbox.js';

/** A conversation as it is now, and what was said in it as far as one may read that. */
export function watchConversation(id: string, { readsTranscript }: { readsTranscript: boolean }) {
  const detail = signal<ConversationDetail | undefined>(undefined);
  const events = signal<readonly ConversationEvent[]>([]);
  /** What the team noted and did. */
  const teamEvents = signal<readonly TeamEvent[]>([]);
  /** Why it is not known, or not known as it is now. */
  const failure = signal<ApiError | undefined>(undefined);
  let isLooking = false;
  /** Something has changed while it was being read. */
  let isStale = false;

  async function look(): Promise<void> {
    isStale = isLooking;
    if (isLooking) return;
    isLooking = true;
    try {
      const after = events.peek().at(-1)?.seq ?? 0;
      const [read, more, team] = await Promise.all([
        readConversation(id),
        readsTranscript ? listConversationEvents(id, after) : [],
        readsTranscript ? listTeamEvents(id) : [],
      ]);
      batch(() => {
        detail.value = read;
        if (more.length > 0) events.value = [...events.peek(), ...more];
        // Acts are dropped at the other end, so their number alone says nothing.
        if (team.at(-1)?.id !== teamEvents.peek().at(-1)?.id) teamEvents.value = team;
        failure.value = undefined;
      });
    } catch (error) {
      failure.value = asApiError(error);
    }
    isLooking = false;
    if (isStale) await look();
  }

  return { detail, events, teamEvents, failure, look };
}

/** A conversation that is watched. */
export type WatchedConversation = ReturnType<typeof watchConversation>;
