import { openSocket } from '../../realtime/socket.js';
import { loadCustomersTexts } from '../customers-texts.js';
import { tellOf } from './alerts.js';
import { joinInbox } from './join-inbox.js';
import type { Changed } from './watch-inbox.js';

/**
 * Tells of what comes for the user on pages other than the inbox, as they chose on this device.
 * @param route shows an address
 * @returns ends it
 */
export function alertElsewhere(workspaceId: string, route: (to: string) => void): () => void {
  const socket = openSocket();
  const onChanged = (changed: Changed & { workspaceId: string }) => {
    if (changed.workspaceId === workspaceId) void tellOf(changed, route);
  };
  // What is not there yet by then is told in English.
  loadCustomersTexts().catch(() => undefined);
  socket.on('inbox:changed', onChanged);
  const leave = joinInbox(socket, workspaceId);
  return () => {
    socket.off('inbox:changed', onChanged);
    leave();
  };
}
