import type { FlowSummary } from '@crmflow/contracts';
import type { Right } from '@crmflow/contracts/rights';
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
import { may } from '../session/workspace.js';
import { Icon } from '../ui/icon.js';
import { Menu } from '../ui/menu/menu.js';
import type { MenuItem } from '../ui/menu/menu-list.js';
import type { FlowActions } from './flow-actions.js';
import { texts } from './flows-texts.js';

/** Lines of which there is at least one, after a line that parts them from those before. */
const part = (items: MenuItem[]): MenuItem[] => (items.length > 0 ? ['separator', ...items] : []);

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
  const offered = (right: Right, ...items: MenuItem[]) => (may(right) ? items : []);
  const items: MenuItem[] = [
    ...offered('flow.read', { label: texts.open, icon: SquarePen, href: `/flows/${id}` }),
    ...offered('run.start', { label: texts.try, icon: Play, onSelect: onTry }),
    { label: texts.runs, icon: Activity, href: `/runs?workflowId=${id}` },
    ...offered('version.read', {
      ...{ label: texts.versions, icon: History, href: `/flows/${id}/versions` },
    }),
    ...offered('analytics.read', {
      ...{ label: texts.analytics, icon: ChartColumn, href: `/flows/${id}/analytics` },
    }),
    ...part([
      ...offered(
        'flow.change',
        { label: texts.rename, icon: Pencil, keys: 'F2', onSelect: onRename },
        { label: texts.duplicate, icon: Copy, onSelect: () => void actions.duplicate(flow) },
      ),
      ...offered('flow.read', {
        ...{ label: texts.export, icon: Download, onSelect: () => actions.export(flow) },
      }),
    ]),
    ...part(
      offered(
        'flow.change',
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
      ),
    ),
  ];
  return (
    <Menu label={texts.more(name)} items={items}>
      <Icon of={Ellipsis} />
    </Menu>
  );
}
