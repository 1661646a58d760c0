import type { SavedView } from '@crmflow/contracts';
import { type Signal, useSignal } from '@preact/signals';
import { Bookmark, ChevronDown, Trash2 } from 'lucide';
import { useLocation } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import {
  changeSavedView,
  createSavedView,
  deleteSavedView,
  listSavedViews,
} from '../../api/saved-views.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog/dialog.js';
import { SubmitDialog } from '../../ui/dialog/submit-dialog.js';
import { Field } from '../../ui/field/field.js';
import { textOf } from '../../ui/format/text-of.js';
import { Icon } from '../../ui/icon.js';
import { Menu } from '../../ui/menu/menu.js';
import type { MenuItem } from '../../ui/menu/menu-list.js';
import { attempt } from '../../ui/toast/attempt.js';
import { toast } from '../../ui/toast/toast.js';
import { texts } from '../customers-texts.js';
import {
  addressOf,
  type ConversationQuery,
  paramsOf,
  readConversationQuery,
} from './conversation-query.js';

/** The address of what a view shows. */
const addressOfView = ({ filter }: Pick<SavedView, 'filter'>) =>
  addressOf(readConversationQuery(filter));

type Views = Signal<readonly SavedView[]>;

function SaveDialog({
  query,
  views,
  onClose,
}: {
  query: ConversationQuery;
  views: Views;
  onClose: () => void;
}) {
  const words = texts.savedViews;
  const save = async (data: FormData) => {
    const filter = paramsOf(query) as SavedView['filter'];
    const made = await createSavedView({ name: textOf(data, 'name'), filter });
    views.value = [...views.peek(), made];
    toast(words.saved(made.name));
  };
  return (
    <SubmitDialog
      title={words.saveTitle}
      text={words.saveText}
      submit={words.submit}
      onSubmit={save}
      onClose={onClose}
    >
      {({ name }) => (
        <Field
          name="name"
          label={words.name}
          maxLength={100}
          required
          autocomplete="off"
          fault={name}
        />
      )}
    </SubmitDialog>
  );
}

/** One view that is renamed, by Enter or on leaving its field, or deleted. */
function Managed({ view, views }: { view: SavedView; views: Views }) {
  const words = texts.savedViews;
  const rename = async (input: HTMLInputElement) => {
    const name = input.value.trim();
    if (name === view.name) return;
    const isDone = await attempt(async () => {
      const changed = await changeSavedView(view.id, { name });
      views.value = views.peek().map((one) => (one.id === view.id ? changed : one));
    });
    if (!isDone) input.value = view.name;
  };
  const remove = () =>
    attempt(async () => {
      await deleteSavedView(view.id);
      views.value = views.peek().filter(({ id }) => id !== view.id);
      toast(words.deleted(view.name));
    });
  return (
    <li class="saved-view">
      <input
        class="input"
        aria-label={words.nameOf(view.name)}
        defaultValue={view.name}
        maxLength={100}
        autocomplete="off"
        onChange={({ currentTarget }) => void rename(currentTarget)}
      />
      <Button
        kind="quiet"
        size="square"
        aria-label={words.delete(view.name)}
        title={words.delete(view.name)}
        onClick={() => void remove()}
      >
        <Icon of={Trash2} />
      </Button>
    </li>
  );
}

function ManageDialog({ views, onClose }: { views: Views; onClose: () => void }) {
  const words = texts.savedViews;
  return (
    <Dialog title={words.title} text={words.manageText} onClose={onClose}>
      {views.value.length === 0 ? (
        <p class="muted">{words.none}</p>
      ) : (
        <ul class="saved-views">
          {views.value.map((view) => (
            <Managed key={view.id} view={view} views={views} />
          ))}
        </ul>
      )}
      <div class="actions">
        <Button kind="primary" onClick={onClose}>
          {words.done}
        </Button>
      </div>
    </Dialog>
  );
}

/** The filters that the reader keeps under a name: to open one, to save the current one, to manage them. */
export function SavedViews({ query }: { query: ConversationQuery }) {
  const { route } = useLocation();
  const words = texts.savedViews;
  const views = useSignal<readonly SavedView[]>([]);
  const state = useSignal<'loading' | 'ready' | 'failed'>('loading');
  const asked = useSignal<'save' | 'manage' | undefined>(undefined);
  const load = async () => {
    state.value = 'loading';
    try {
      views.value = await listSavedViews();
      state.value = 'ready';
    } catch {
      // The menu says so, and offers to try again.
      state.value = 'failed';
    }
  };
  useEffect(() => void load(), []);
  const here = addressOf(query);
  const current = views.value.find((view) => addressOfView(view) === here);
  const isAll = Object.keys(paramsOf(query)).length === 0;
  const known: MenuItem[] =
    views.value.length > 0
      ? views.value.map((view) => ({
          label: view.name,
          isChecked: view === current,
          onSelect: () => route(addressOfView(view)),
        }))
      : [{ label: words.none, isDisabled: true, onSelect: () => undefined }];
  const items: MenuItem[] = {
    loading: [{ label: words.loading, isDisabled: true, onSelect: () => undefined }],
    failed: [{ label: words.failed, onSelect: () => void load() }],
    ready: [
      ...known,
      'separator' as const,
      {
        label: words.save,
        isDisabled: isAll || current !== undefined,
        onSelect: () => void (asked.value = 'save'),
      },
      {
        label: words.manage,
        isDisabled: views.value.length === 0,
        onSelect: () => void (asked.value = 'manage'),
      },
    ],
  }[state.value];
  const close = () => (asked.value = undefined);
  return (
    <div class="saved-views-menu">
      <Menu label={words.title} look="" items={items}>
        <Icon of={Bookmark} size={16} />
        <span class="word">{current?.name ?? words.title}</span>
        <Icon of={ChevronDown} size={16} />
      </Menu>
      {asked.value === 'save' && <SaveDialog query={query} views={views} onClose={close} />}
      {asked.value === 'manage' && <ManageDialog views={views} onClose={close} />}
    </div>
  );
}
