import type { Server } from 'node:http';

/**
 * Stops a server: takes nobody new, lets requests under way finish, and cuts those that take
 * longer. Fine to call for a server that is closed already.
 * @param graceMs how long requests may still take
 */
export async function drain(server: Server, graceMs: number): Promise<void> {
  // Connections are kept for the next request, which will not come.
  const closing = setInterval(() => server.closeIdleConnections(), 50);
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  await new Promise<void>((resolve) => server.close(() => resolve()));
  clearTimeout(cut);
  clearInterval(closing);
}
