import { effect } from '@preact/signals';
import type { AppSocket } from '../../realtime/socket.js';
import { toast } from '../../ui/toast/toast.js';
import { texts } from '../editor-texts.js';
import type { AutoSave } from '../save/auto-save.js';
import { type WatchedFlow, watchFlow } from './watch-flow.js';

/** How long somebody counts as editing after a change. */
const editingMs = 30_000;

/**
 * Shares a flow with the others who have it open: they see who edits, and a tab without changes of its
 * own follows what they save.
 */
export function shareFlow(socket: AppSocket, id: string, saving: AutoSave): WatchedFlow {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const watched = watchFlow(socket, id, (revision, by) => {
    saving.follow(revision).then(
      (isFollowed) => {
        if (!isFollowed) return;
        toast(by ? texts.people.followed(by.name) : texts.people.updated);
      },
      // It could not be read: the next save finds out.
      () => undefined,
    );
  });
  const stop = effect(() => {
    // What the other has saved leaves nothing to save here.
    if (saving.state.value.kind === 'saved') return;
    watched.edit(true);
    clearTimeout(timer);
    timer = setTimeout(() => watched.edit(false), editingMs);
  });
  return {
    ...watched,
    close() {
      stop();
      clearTimeout(timer);
      watched.close();
    },
  };
}
