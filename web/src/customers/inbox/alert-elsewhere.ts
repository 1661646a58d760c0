import { ask, openSocket } from '../../realtime/socket.js';
import { workspace } from '../../session/workspace.js';
import { loadCustomersTexts } from '../customers-texts.js';
import { tellOf } from './alerts.js';
import type { Changed } from './watch-inbox.js';

/**
 * Tells of what comes for the user on pages other than the inbox, as they chose on this device.
 * @param route shows an address
 * @returns ends it
 */
export function alertElsewhere(workspaceId: string, route: (to: string) => void): () => void {
  const socket = openSocket();
  const watch = () => void ask(socket, 'inbox:watch', { workspaceId });
  const onChanged = (changed: Changed & { workspaceId: string }) => {
    if (changed.workspaceId === workspaceId) void tellOf(changed, route);
  };
  // What is not there yet by then is told in English.
  loadCustomersTexts().catch(() => undefined);
  socket.on('connect', watch);
  socket.on('inbox:changed', onChanged);
  if (socket.connected) watch();
  return () => {
    socket.off('connect', watch);
    socket.off('inbox:changed', onChanged);
    // The inbox may watch it by now.
    if (workspace.peek()?.id !== workspaceId && socket.connected) {
      void ask(socket, 'inbox:leave', { workspaceId });
    }
  };
}
