import type { FlowSummary } from '@crmflow/contracts';
import {
  Activity,
  ChartColumn,
  Copy,
  Download,
  Ellipsis,
  History,
  Pencil,
  Play,
  SquarePen,
  Trash2,
} from 'lucide';
import { Icon } from '../ui/icon.js';
import { Menu } from '../ui/menu/menu.js';
import type { MenuItem } from '../ui/menu/menu-list.js';
import type { FlowActions } from './flow-actions.js';
import { texts } from './flows-texts.js';

type Props = {
  flow: FlowSummary;
  actions: FlowActions;
  onTry: () => void;
  onRename: () => void;
  onDelete: () => void;
};

/** Everything that can be done with a flow. */
export function FlowMenu({ flow, actions, onTry, onRename, onDelete }: Props) {
  const { id, name, isTemplate, isPublic } = flow;
  const items: MenuItem[] = [
    { label: texts.open, icon: SquarePen, href: `/flows/${id}` },
    { label: texts.try, icon: Play, onSelect: onTry },
    { label: texts.runs, icon: Activity, href: `/runs?workflowId=${id}` },
    { label: texts.versions, icon: History, href: `/flows/${id}/versions` },
    { label: texts.analytics, icon: ChartColumn, href: `/flows/${id}/analytics` },
    'separator',
    { label: texts.rename, icon: Pencil, keys: 'F2', onSelect: onRename },
    { label: texts.duplicate, icon: Copy, onSelect: () => void actions.duplicate(flow) },
    { label: texts.export, icon: Download, onSelect: () => actions.export(flow) },
    'separator',
    {
      label: texts.isTemplate,
      isChecked: isTemplate,
      onSelect: () => void actions.change(flow, { isTemplate: !isTemplate }),
    },
    {
      label: texts.isPublic,
      isChecked: isPublic,
      onSelect: () => void actions.change(flow, { isPublic: !isPublic }),
    },
    'separator',
    { label: texts.delete, icon: Trash2, isDangerous: true, onSelect: onDelete },
  ];
  return (
    <Menu label={texts.more(name)} items={items}>
      <Icon of={Ellipsis} />
    </Menu>
  );
}
