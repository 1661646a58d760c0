import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { texts as shared } from '../../texts.js';
import { ContextMenu } from '../../ui/menu/context-menu.js';
import { toast } from '../../ui/toast/toast.js';
import type { AdditionId } from '../canvas/kinds.js';
import { texts } from '../editor-texts.js';
import { FindBox } from '../find/find-box.js';
import type { OpenFlow } from '../open-editor.js';
import type { Canvas } from '../rete/create-canvas.js';
import { ConnectDialog } from './commands/connect-dialog.js';
import { menuItems } from './commands/menu-items.js';
import { QuickAdd } from './canvas/quick-add.js';
import type { Commands } from './commands/studio-commands.js';
import type { Adding, StudioState } from './studio-state.js';

type Props = { flow: OpenFlow; canvas: Canvas; state: StudioState; commands: Commands };

const keysDialog = signal<ComponentType<{ onClose: () => void }> | undefined>(undefined);

/** The sheet of keys, whose code is fetched when it is first asked for. */
function KeysLater({ onClose }: { onClose: () => void }) {
  useEffect(() => {
    if (keysDialog.peek()) return;
    import('./commands/keys-dialog.js').then(
      ({ KeysDialog }) => (keysDialog.value = KeysDialog),
      () => {
        onClose();
        toast(shared.failures.unreachable, { kind: 'failed' });
      },
    );
  }, []);
  return keysDialog.value ? <keysDialog.value onClose={onClose} /> : null;
}

/** What opens over the canvas: menus, the search, questions. */
export function StudioOverlays({ flow, canvas, state, commands }: Props) {
  const { adding, menu, connecting, isSearching, areKeysShown } = state;
  const { document, selection, announcement } = flow.editor;
  const add = (kind: AdditionId, to: Adding) => {
    if ('edgeId' in to) return flow.actions.addBetween(kind, to.edgeId);
    if (to.isNext) return flow.actions.addNext(kind, to.outlet);
    return flow.actions.addAfter(kind, to.outlet, canvas.viewport.toCanvas(to.client));
  };
  return (
    <>
      {adding.value && (
        <QuickAdd
          at={adding.value.client}
          onClose={() => (adding.value = undefined)}
          onPick={(kind) => {
            const { value } = adding;
            adding.value = undefined;
            if (value) commands.open(add(kind, value));
          }}
        />
      )}
      {isSearching.value && (
        <FindBox
          document={document}
          onLook={(id) => {
            selection.set({ nodes: [id] });
            canvas.show(id);
          }}
          onChoose={(id) => {
            commands.toNode(id);
            isSearching.value = false;
          }}
          onClose={() => (isSearching.value = false)}
        />
      )}
      {menu.value && (
        <ContextMenu
          label={texts.tools}
          at={menu.value.at}
          items={menuItems(menu.value.on, { flow, canvas, commands, at: menu.value.at })}
          onClose={() => (menu.value = undefined)}
        />
      )}
      {connecting.value !== undefined && (
        <ConnectDialog
          flow={flow}
          id={connecting.value}
          onConnect={(target) => commands.connected(connecting.peek() ?? '', target)}
          onClose={() => (connecting.value = undefined)}
        />
      )}
      {areKeysShown.value && <KeysLater onClose={() => (areKeysShown.value = false)} />}
      <p class="visually-hidden" role="status">
        {announcement.value}
      </p>
    </>
  );
}
