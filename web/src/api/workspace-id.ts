import { signal } from '@preact/signals';

/** The workspace that lists and creations are about, once it is known. */
export const workspaceId = signal<string | undefined>(undefined);

/** An address of the API for the chosen workspace. @param path may have a query */
export function inWorkspace(path: string): string {
  const id = workspaceId.peek();
  if (id === undefined) return path;
  return `${path}${path.includes('?') ? '&' : '?'}workspaceId=${encodeURIComponent(id)}`;
}
