import { hasRight, type Right, rights } from '@crmflow/contracts/rights';
import type { Workspace } from '@crmflow/contracts';
import { computed, effect, signal } from '@preact/signals';
import { workspaceId } from '../api/workspace-id.js';
import { listWorkspaces } from '../api/workspaces.js';
import { deviceStorage, tabStorage } from '../storage.js';
import { texts } from '../texts.js';
import { listWords } from '../ui/format/list-words.js';
import { toast } from '../ui/toast/toast.js';

const key = 'workspace';

/** The workspaces of the signed-in user. */
export const workspaces = signal<readonly Workspace[]>([]);

/** The workspace that this tab shows. */
export const workspace = computed<Workspace | undefined>(() => {
  const { value } = workspaces;
  return (
    value.find(({ id }) => id === workspaceId.value) ??
    value.find(({ isPersonal }) => isPersonal) ??
    value[0]
  );
});

/** What this tab chose, else what was last chosen on this device. */
function chosenBefore(): string | undefined {
  return tabStorage.read(key) ?? deviceStorage.read(key) ?? undefined;
}

/** Shows another workspace in this tab, and in those that are opened from now on. */
export function chooseWorkspace(id: string): void {
  workspaceId.value = id;
  deviceStorage.write(key, id);
  tabStorage.write(key, id);
}

/**
 * Asks which workspaces there are, at sign-in and after a change of them. Where the one of this tab
 * is not among them any more, the personal one is shown.
 * @throws ApiError
 */
export async function loadWorkspaces(): Promise<void> {
  const found = await listWorkspaces();
  const before = workspace.peek();
  workspaceId.value ??= chosenBefore();
  workspaces.value = found;
  if (before && !found.some(({ id }) => id === before.id)) toast(texts.workspaces.lost);
}

// Lists ask by the id, and must not ask for a workspace that is not there.
effect(() => {
  if (workspace.value) workspaceId.value = workspace.value.id;
});

/** One has left a workspace, or it is deleted: the personal one is shown. */
export function leaveWorkspace(id: string): void {
  workspaces.value = workspaces.peek().filter((one) => one.id !== id);
}

/** Forgets the workspaces and the choice. */
export function forgetWorkspaces(): void {
  workspaces.value = [];
  workspaceId.value = undefined;
  tabStorage.write(key, '');
}

/** Whether the user has a right here. The server decides; this is what is offered. */
export function may(right: Right): boolean {
  const { value } = workspace;
  return value !== undefined && hasRight(value.role, right, value.settings);
}

/** Who has a right, in words: “owners and editors”. */
export function whoMay(right: Right): string {
  return listWords(rights[right].map((role) => texts.rolesMany[role]));
}
