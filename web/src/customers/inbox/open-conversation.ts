import type { ConversationPerson } from '@crmflow/contracts';
import { signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { ask, openSocket } from '../../realtime/socket.js';

/** How often others are told that one types. */
const everyMs = 3_000;
/** After so long without a key, somebody has stopped typing. */
const restMs = 5_000;

/** Says that one looks at a conversation, and whether one types. Best effort. */
function enterConversation(conversationId: string) {
  const socket = openSocket();
  const self = signal<string | undefined>(undefined);
  const people = signal<readonly ConversationPerson[]>([]);
  let saidAt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const enter = async () => {
    const answer = await ask(socket, 'conversation:watch', { conversationId });
    if (!answer?.ok) return;
    self.value = answer.personId;
    people.value = answer.people;
  };
  const onConnect = () => void enter();
  const onPresence = (event: { conversationId: string; people: ConversationPerson[] }) => {
    if (event.conversationId === conversationId) people.value = event.people;
  };
  const tell = (isTyping: boolean) => {
    saidAt = isTyping ? Date.now() : 0;
    if (socket.connected) void ask(socket, 'conversation:type', { conversationId, isTyping });
  };
  const stop = () => {
    clearTimeout(timer);
    if (saidAt > 0) tell(false);
  };
  return {
    /** This tab, among those who are there. */
    self,
    people,
    start() {
      socket.on('connect', onConnect);
      socket.on('presence', onPresence);
      if (socket.connected) onConnect();
      return () => {
        clearTimeout(timer);
        socket.off('connect', onConnect);
        socket.off('presence', onPresence);
        if (socket.connected) void ask(socket, 'conversation:leave', { conversationId });
      };
    },
    type() {
      if (Date.now() - saidAt > everyMs) tell(true);
      clearTimeout(timer);
      timer = setTimeout(stop, restMs);
    },
    stop,
  };
}

/** Somebody's place in a conversation that is open. */
export type OpenConversation = ReturnType<typeof enterConversation>;

/** Is seen at a conversation while it is drawn. */
export function useOpenConversation(id: string): OpenConversation {
  const open = useMemo(() => enterConversation(id), [id]);
  useEffect(() => open.start(), [open]);
  return open;
}
