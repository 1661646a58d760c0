import type { FlowSummary } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { ChevronDown, Copy, Download, Pencil } from 'lucide';
import { useLocation } from 'preact-iso';
import { changeFlow, cloneFlow } from '../api/flows.js';
import { may } from '../session/workspace.js';
import { texts } from '../texts.js';
import { SubmitDialog } from '../ui/dialog/submit-dialog.js';
import { download } from '../ui/download.js';
import { Field } from '../ui/field/field.js';
import { textOf } from '../ui/format/text-of.js';
import { Icon } from '../ui/icon.js';
import { Menu } from '../ui/menu/menu.js';
import type { MenuItem } from '../ui/menu/menu-list.js';
import { attempt } from '../ui/toast/attempt.js';
import { toast } from '../ui/toast/toast.js';

type Props = {
  flow: Pick<FlowSummary, 'id' | 'name'>;
  /** Where the name can't be changed beside the menu: it was changed by it. */
  onRenamed?: () => Promise<void>;
  /** Stores what is not stored yet, before the flow is copied or exported. */
  store?: () => Promise<unknown>;
};

/** What can be done with the flow whose pages one sees; the rest is in the list of flows. */
export function FrameMenu({ flow: { id, name }, onRenamed, store }: Props) {
  const { route } = useLocation();
  const words = texts.frame;
  const isRenaming = useSignal(false);
  const duplicate = () =>
    attempt(async () => {
      await store?.();
      const copy = await cloneFlow(id);
      const run = () => route(`/flows/${copy.id}`);
      toast(words.duplicated(copy.name), { action: { label: words.open, run } });
    });
  const exportFlow = async () => {
    await store?.();
    download(`/api/workflows/${encodeURIComponent(id)}/export`);
  };
  const rename = async (data: FormData) => {
    await changeFlow(id, { name: textOf(data, 'name') });
    await onRenamed?.();
  };
  const mayChange = may('flow.change');
  const items: MenuItem[] = [
    ...(mayChange && onRenamed
      ? [{ label: words.rename, icon: Pencil, onSelect: () => void (isRenaming.value = true) }]
      : []),
    ...(mayChange
      ? [{ label: words.duplicate, icon: Copy, onSelect: () => void duplicate() }]
      : []),
    ...(may('flow.read')
      ? [{ label: words.export, icon: Download, onSelect: () => void exportFlow() }]
      : []),
  ];
  if (items.length === 0) return null;
  return (
    <div class="frame-menu">
      <Menu label={words.menu(name)} items={items}>
        <Icon of={ChevronDown} size={16} />
      </Menu>
      {isRenaming.value && (
        <SubmitDialog
          title={words.renameTitle}
          submit={words.save}
          onSubmit={rename}
          onClose={() => (isRenaming.value = false)}
        >
          {(faults) => (
            <Field
              name="name"
              label={words.name}
              defaultValue={name}
              maxLength={200}
              required
              autocomplete="off"
              fault={faults['name']}
            />
          )}
        </SubmitDialog>
      )}
    </div>
  );
}
