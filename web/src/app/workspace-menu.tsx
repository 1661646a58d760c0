import { useSignal } from '@preact/signals';
import { ChevronsUpDown, Plus, Settings } from 'lucide';
import { useLocation } from 'preact-iso';
import { createWorkspace } from '../api/workspaces.js';
import { chooseWorkspace, loadWorkspaces, workspace, workspaces } from '../session/workspace.js';
import { texts } from '../texts.js';
import { SubmitDialog } from '../ui/dialog/submit-dialog.js';
import { Field } from '../ui/field/field.js';
import { Icon } from '../ui/icon.js';
import { Menu } from '../ui/menu/menu.js';
import type { MenuItem } from '../ui/menu/menu-list.js';
import { toast } from '../ui/toast/toast.js';

/** Shows another workspace; what belongs to the one of before is left. */
function useSwitch(): (id: string) => void {
  const { path, route } = useLocation();
  return (id) => {
    if (id === workspace.peek()?.id) return;
    chooseWorkspace(id);
    if (/^\/(flows|runs|knowledge)\/./.test(path)) route('/');
  };
}

/** The lines of a menu by which one goes to another workspace, or makes one. */
export function useWorkspaceItems(onCreate: () => void): MenuItem[] {
  const show = useSwitch();
  return [
    ...workspaces.value.map(({ id, name }) => ({
      label: name,
      isChecked: id === workspace.value?.id,
      onSelect: () => show(id),
    })),
    'separator',
    { label: texts.workspaces.settings, icon: Settings, href: '/settings/workspace' },
    { label: texts.workspaces.create, icon: Plus, onSelect: onCreate },
  ];
}

/** Asks for the name of a new workspace, and goes there. */
export function CreateWorkspace({ onClose }: { onClose: () => void }) {
  const show = useSwitch();
  const words = texts.workspaces;
  return (
    <SubmitDialog
      title={words.createTitle}
      text={words.createText}
      submit={words.submit}
      onSubmit={async (data) => {
        const { id, name } = await createWorkspace((data.get('name') as string).trim());
        await loadWorkspaces();
        show(id);
        toast(words.created(name));
      }}
      onClose={onClose}
    >
      {({ name }) => <Field name="name" label={words.name} autocomplete="off" fault={name} />}
    </SubmitDialog>
  );
}

/** Which workspace is shown, and the way to the others. On a phone it is in the account's menu. */
export function WorkspaceMenu() {
  const isCreating = useSignal(false);
  const items = useWorkspaceItems(() => (isCreating.value = true));
  const { value } = workspace;
  if (!value) return null;
  return (
    <>
      <Menu
        label={texts.workspaces.menu(value.name)}
        items={items}
        look="quiet nav-link workspace wide-only"
      >
        {/* Drawn, so that it is no part of what the menu is called. */}
        <span class="workspace-sign" data-sign={[...value.name][0]?.toUpperCase()} />
        <span class="word">{value.name}</span>
        <Icon of={ChevronsUpDown} size={16} />
      </Menu>
      {isCreating.value && <CreateWorkspace onClose={() => (isCreating.value = false)} />}
    </>
  );
}
