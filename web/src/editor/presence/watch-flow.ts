import type { FlowPerson } from '@crmflow/contracts';
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { ask, type AppSocket } from '../../realtime/socket.js';

/** Who else has a flow open, and what they save. */
export type WatchedFlow = {
  /** The other tabs, those of the same user too. */
  others: ReadonlySignal<readonly FlowPerson[]>;
  /** Tells the others whether the flow is being changed here. */
  edit(isEditing: boolean): void;
  close(): void;
};

/**
 * Watches a flow over the socket. Best effort: without a connection nobody is seen.
 * @param onSaved a revision was saved, by this tab or another; also told after a broken connection,
 *   when nobody knows by whom
 */
export function watchFlow(
  socket: AppSocket,
  workflowId: string,
  onSaved: (revision: number, by?: FlowPerson) => void,
): WatchedFlow {
  const people = signal<readonly FlowPerson[]>([]);
  const self = signal<string | undefined>(undefined);
  let isEditing = false;
  let isClosed = false;

  const tellEditing = () => void ask(socket, 'flow:edit', { workflowId, isEditing });
  const join = async () => {
    const answer = await ask(socket, 'flow:watch', { workflowId });
    // Refused or without an answer: the flow can still be edited, alone.
    if (isClosed || !answer?.ok) return;
    self.value = answer.personId;
    people.value = answer.people;
    if (isEditing) tellEditing();
    onSaved(answer.revision);
  };
  const onPeople = (event: { workflowId: string; people: FlowPerson[] }) => {
    if (event.workflowId === workflowId) people.value = event.people;
  };
  const onFlowSaved = (event: { workflowId: string; revision: number; userId: string }) => {
    if (event.workflowId !== workflowId) return;
    const others = people.peek().filter(({ id }) => id !== self.peek());
    onSaved(
      event.revision,
      others.find(({ userId }) => userId === event.userId),
    );
  };
  const onConnect = () => void join();
  const onDisconnect = () => (people.value = []);

  socket.on('flow:people', onPeople);
  socket.on('flow:saved', onFlowSaved);
  socket.on('connect', onConnect);
  socket.on('disconnect', onDisconnect);
  if (socket.connected) onConnect();

  return {
    others: computed(() => people.value.filter(({ id }) => id !== self.value)),
    edit(next) {
      if (next === isEditing) return;
      isEditing = next;
      if (socket.connected) tellEditing();
    },
    close() {
      isClosed = true;
      socket.off('flow:people', onPeople);
      socket.off('flow:saved', onFlowSaved);
      socket.off('connect', onConnect);
      socket.off('disconnect', onDisconnect);
      if (socket.connected) void ask(socket, 'flow:leave', { workflowId });
    },
  };
}
