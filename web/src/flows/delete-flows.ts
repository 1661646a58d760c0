import { deleteFlow } from '../api/flows.js';
import { onSignOut } from '../session/session.js';
import { createDeletions } from './deletions.js';

/** Deletes flows, for as long as the page lives: to leave the dashboard undoes nothing. */
export const deletions = createDeletions({
  remove: (id, isLast) => deleteFlow(id, { keepalive: isLast }),
  isOpen: (id) => location.pathname === `/flows/${id}`,
});

window.addEventListener('pagehide', () => void deletions.flush());
onSignOut(deletions.flush);
