import { type AppSocket, ask } from '../../realtime/socket.js';

/** Parts of the page that watch an inbox, by its workspace: only the last one to go has the server stop. */
const watching = new Map<string, number>();

/**
 * Has the server tell what changes in the inbox of a workspace, also after a lost connection.
 * @returns ends it for this caller
 */
export function joinInbox(socket: AppSocket, workspaceId: string): () => void {
  const watch = () => void ask(socket, 'inbox:watch', { workspaceId });
  watching.set(workspaceId, (watching.get(workspaceId) ?? 0) + 1);
  socket.on('connect', watch);
  if (socket.connected) watch();
  return () => {
    socket.off('connect', watch);
    const left = (watching.get(workspaceId) ?? 1) - 1;
    watching.set(workspaceId, left);
    if (left === 0 && socket.connected) void ask(socket, 'inbox:leave', { workspaceId });
  };
}
