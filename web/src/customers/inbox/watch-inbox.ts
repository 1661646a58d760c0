import type { Conversation, ConversationCounts, ConversationPerson } from '@crmflow/contracts';
import { signal } from '@preact/signals';
import { listConversations } from '../../api/conversations.js';
import { countConversations } from '../../api/inbox.js';
import { createPagedList } from '../../api/paged-list.js';
import { type AppSocket, connection } from '../../realtime/socket.js';
import { joinInbox } from './join-inbox.js';

/** What the server tells of a conversation that has changed. */
export type Changed = { conversationId: string; isFromVisitor?: boolean; mentions?: string[] };

/** How long the page waits before it looks by itself: long while the socket tells what changes. */
export const lookMs = (): number => (connection.value === 'connected' ? 30_000 : 5_000);

/** How many changes in a row are one look at the list. */
const gatherMs = 400;
/** How long somebody counts as typing after the last sign of it. */
const typingMs = 6_000;

/**
 * The inbox of a workspace: its list, the counts of its views, and who is in which conversation, kept
 * current over the socket. Without a connection it is as it was last.
 */
export function watchInbox(socket: AppSocket, workspaceId: string) {
  const list = createPagedList<Conversation>(listConversations);
  const counts = signal<ConversationCounts | undefined>(undefined);
  const people = signal<ReadonlyMap<string, readonly ConversationPerson[]>>(new Map());
  const visitorsTyping = signal<ReadonlySet<string>>(new Set());
  const listeners = new Set<(changed: Changed) => void>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  let gathering: ReturnType<typeof setTimeout> | undefined;

  async function count(): Promise<void> {
    // What cannot be counted now stays as it was.
    counts.value = await countConversations().catch(() => counts.peek());
  }
  const look = async () => {
    await Promise.all([list.refresh(), count()]);
  };
  const stopTyping = (conversationId: string) => {
    clearTimeout(timers.get(conversationId));
    timers.delete(conversationId);
    const rest = new Set(visitorsTyping.peek());
    if (rest.delete(conversationId)) visitorsTyping.value = rest;
  };

  const handlers = {
    'inbox:changed'(changed: Changed & { workspaceId: string }) {
      if (changed.workspaceId !== workspaceId) return;
      if (changed.isFromVisitor) stopTyping(changed.conversationId);
      for (const listener of listeners) listener(changed);
      gathering ??= setTimeout(() => {
        gathering = undefined;
        void look();
      }, gatherMs);
    },
    presence(event: { conversationId: string; people: ConversationPerson[] }) {
      const next = new Map(people.peek());
      if (event.people.length === 0) next.delete(event.conversationId);
      else next.set(event.conversationId, event.people);
      people.value = next;
    },
    'visitor:typing'({ conversationId }: { conversationId: string }) {
      clearTimeout(timers.get(conversationId));
      timers.set(
        conversationId,
        setTimeout(() => stopTyping(conversationId), typingMs),
      );
      if (!visitorsTyping.peek().has(conversationId)) {
        visitorsTyping.value = new Set([...visitorsTyping.peek(), conversationId]);
      }
    },
    disconnect: () => void (people.value = new Map()),
    // What happened without a connection.
    connect: () => void look(),
  };
  // The library's overloads do not take names in a loop.
  const untyped = socket as unknown as {
    on(event: string, handler: unknown): void;
    off(event: string, handler: unknown): void;
  };

  return {
    ...{ list, counts, people, visitorsTyping, look },
    /** Calls a listener for every conversation that changes. @returns removes it */
    onChanged(listener: (changed: Changed) => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    start(): () => void {
      const leave = joinInbox(socket, workspaceId);
      for (const [event, handler] of Object.entries(handlers)) untyped.on(event, handler);
      if (socket.connected) handlers.connect();
      else void count();
      return () => {
        for (const [event, handler] of Object.entries(handlers)) untyped.off(event, handler);
        clearTimeout(gathering);
        for (const timer of timers.values()) clearTimeout(timer);
        leave();
      };
    },
  };
}

/** An inbox that is watched. */
export type WatchedInbox = ReturnType<typeof watchInbox>;
