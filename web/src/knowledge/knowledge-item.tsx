import type { KnowledgeItem, KnowledgeType } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import {
  Ellipsis,
  Pencil,
  RefreshCw,
  Trash2,
  FileText,
  Globe,
  type IconNode,
  MessageCircleQuestionMark,
} from 'lucide';
import { asApiError } from '../api/as-api-error.js';
import { changeKnowledge, deleteKnowledge, refreshKnowledge } from '../api/knowledge.js';
import { ConfirmDialog } from '../ui/dialog/confirm-dialog.js';
import { Icon } from '../ui/icon.js';
import { Menu } from '../ui/menu/menu.js';
import { toast } from '../ui/toast/toast.js';
import { Field } from '../ui/field/field.js';
import { SubmitDialog } from '../ui/dialog/submit-dialog.js';
import { texts } from './knowledge-texts.js';
import { isBeingRead, readingFacts, statusWords } from './reading.js';
import { errorText } from '../texts/error-text.js';

/** Gives an item another name. */
function RenameDialog({
  item,
  onChanged,
  onClose,
}: {
  item: KnowledgeItem;
  onChanged: (item: KnowledgeItem) => void;
  onClose: () => void;
}) {
  return (
    <SubmitDialog
      title={texts.item.rename}
      submit={texts.item.save}
      onSubmit={async (data) =>
        onChanged(await changeKnowledge(item.id, { name: data.get('name') as string }))
      }
      onClose={onClose}
    >
      {({ name }) => (
        <Field name="name" label={texts.item.name} defaultValue={item.name} fault={name} />
      )}
    </SubmitDialog>
  );
}

/** The sign of each type of knowledge. */
const typeIcons: Record<KnowledgeType, IconNode> = {
  pdf: FileText,
  url: Globe,
  manual: MessageCircleQuestionMark,
};

/** What an item and its page take. */
export type ItemProps = {
  item: KnowledgeItem;
  onChanged: (item: KnowledgeItem) => void;
  onRemoved: (id: string) => void;
};

/** How far the reading of an item is, and what went wrong. */
export function ReadingState({ item }: { item: KnowledgeItem }) {
  const words = statusWords(item);
  const facts = readingFacts(item);
  return (
    <>
      {words && (
        <p class={`small ${item.status === 'failed' ? 'knowledge-fault' : 'muted'}`} role="status">
          {words}
          {item.error && `: ${errorText(item.error)}`}
        </p>
      )}
      {isBeingRead(item) && <progress value={item.progress} max={100} aria-label={words} />}
      {facts.length > 0 && <p class="small muted">{facts.join(' · ')}</p>}
    </>
  );
}

/** The switch and the menu of an item. */
export function ItemTools({ item, onChanged, onRemoved }: ItemProps) {
  const asked = useSignal<'rename' | 'remove' | undefined>(undefined);
  const change = async (doing: Promise<KnowledgeItem>) => {
    try {
      onChanged(await doing);
    } catch (error) {
      toast(asApiError(error).message, { kind: 'failed' });
    }
  };
  const close = () => (asked.value = undefined);
  return (
    <div class="knowledge-tools">
      <label class="small" title={texts.item.use}>
        <input
          type="checkbox"
          role="switch"
          aria-label={texts.item.useOf(item.name)}
          checked={item.enabled}
          onChange={({ currentTarget }) =>
            void change(changeKnowledge(item.id, { enabled: currentTarget.checked }))
          }
        />
        <span aria-hidden="true">{texts.item.use}</span>
      </label>
      <Menu
        label={texts.item.more(item.name)}
        items={[
          { label: texts.item.rename, icon: Pencil, onSelect: () => (asked.value = 'rename') },
          ...(item.type === 'url'
            ? [
                {
                  label: texts.item.refresh,
                  icon: RefreshCw,
                  isDisabled: isBeingRead(item),
                  onSelect: () => void change(refreshKnowledge(item.id)),
                },
              ]
            : []),
          'separator',
          {
            label: texts.item.remove,
            icon: Trash2,
            isDangerous: true,
            onSelect: () => (asked.value = 'remove'),
          },
        ]}
      >
        <Icon of={Ellipsis} />
      </Menu>
      {asked.value === 'rename' && (
        <RenameDialog item={item} onChanged={onChanged} onClose={close} />
      )}
      {asked.value === 'remove' && (
        <ConfirmDialog
          title={texts.item.removeTitle}
          text={texts.item.removeText(item.name)}
          confirm={texts.item.remove}
          onConfirm={async () => {
            await deleteKnowledge(item.id);
            onRemoved(item.id);
            toast(texts.item.removed(item.name));
          }}
          onClose={close}
        />
      )}
    </div>
  );
}

/** An item in the list; its name leads to what was read from it. */
export function KnowledgeRow(props: ItemProps) {
  const { item } = props;
  return (
    <li class="knowledge-row">
      <span class="knowledge-sign" title={texts.types[item.type]}>
        <Icon of={typeIcons[item.type]} />
      </span>
      <div class="knowledge-words">
        <h2>
          <a href={`/knowledge/${item.id}`}>{item.name}</a>
        </h2>
        {item.url !== undefined && <p class="small muted knowledge-url">{item.url}</p>}
        <ReadingState item={item} />
      </div>
      <ItemTools {...props} />
    </li>
  );
}
