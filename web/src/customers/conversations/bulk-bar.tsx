import type { Conversation } from '@crmflow/contracts';
import { type Signal, useSignal } from '@preact/signals';
import { Tag, Trash2, X } from 'lucide';
import { ApiError } from '../../api/api-error.js';
import { changeContact, deleteContact, readContact } from '../../api/contacts.js';
import { may } from '../../session/workspace.js';
import { Button } from '../../ui/button.js';
import { ConfirmDialog } from '../../ui/dialog/confirm-dialog.js';
import { SubmitDialog } from '../../ui/dialog/submit-dialog.js';
import { Field } from '../../ui/field/field.js';
import { listWords } from '../../ui/format/list-words.js';
import { textOf } from '../../ui/format/text-of.js';
import { Icon } from '../../ui/icon.js';
import { Notice } from '../../ui/notice.js';
import { toast } from '../../ui/toast/toast.js';
import { contactName } from '../contact-name.js';
import { texts } from '../customers-texts.js';
import { addTag, type Failed, forEach, type Person, peopleOf } from './bulk.js';
import { nothingSelected, type Selection } from './selection.js';
import './bulk-bar.css';

/** So many names are told in a question; of the others, how many. */
const named = 5;

function namesOf(people: readonly Person[]): string {
  const names = people.slice(0, named).map(contactName);
  const rest = people.length - named;
  return listWords(rest > 0 ? [...names, texts.bulk.others(rest)] : names);
}

type Props = {
  /** Those of the list. */
  conversations: readonly Conversation[];
  selection: Signal<Selection>;
  /** Something was done: the list is no longer what it was. */
  onDone: () => void;
  /** The bar goes, and focus with it. */
  onLeave: () => void;
};

/** Whether there is anything that one may do with several conversations at once. */
export const mayDoMany = (): boolean => may('contact.change') || may('contact.delete');

/** What can be done with the selected conversations, and how many they are. */
export function BulkBar({ conversations, selection, onDone, onLeave }: Props) {
  const words = texts.bulk;
  const asked = useSignal<'tag' | 'delete' | undefined>(undefined);
  const failures = useSignal<{ title: string; failed: Failed[] } | undefined>(undefined);
  const selected = conversations.filter(({ id }) => selection.value.ids.has(id));
  const people = peopleOf(selected);
  const clear = () => {
    failures.value = undefined;
    selection.value = nothingSelected;
    onLeave();
  };
  const close = () => (asked.value = undefined);

  /** Does it for all of them. What failed stays selected, and is told by name. */
  const each = async (
    act: (person: Person) => Promise<unknown>,
    tell: { done: (count: number) => string; failed: (count: number) => string },
  ) => {
    const failed = await forEach(people, act);
    const done = people.length - failed.length;
    if (done > 0) toast(tell.done(done));
    const again = new Set(failed.map(({ person }) => person.id));
    const ids = selected.filter(({ contact }) => again.has(contact.id)).map(({ id }) => id);
    failures.value = failed.length > 0 ? { title: tell.failed(failed.length), failed } : undefined;
    selection.value = { ids: new Set(ids), anchor: undefined };
    if (done > 0) onDone();
    if (failed.length === 0) onLeave();
  };
  const tag = async (data: FormData) => {
    const added = textOf(data, 'tag').trim();
    if (added === '') throw new ApiError('invalid', words.tagMissing);
    const api = { read: readContact, change: changeContact };
    await each(({ id }) => addTag(api, id, added), {
      done: (count) => words.tagged(added, count),
      failed: words.notTagged,
    });
  };

  const isAny = selected.length > 0;
  if (!isAny && !failures.value) return null;
  return (
    <div class="bulk" role="region" aria-label={words.title}>
      {failures.value && (
        <Notice
          action={
            <Button
              kind="quiet"
              size="small"
              aria-label={words.dismiss}
              title={words.dismiss}
              onClick={() => (failures.value = undefined)}
            >
              <Icon of={X} size={16} />
            </Button>
          }
        >
          <strong>{failures.value.title}</strong>
          <ul>
            {failures.value.failed.map(({ person, message }) => (
              <li key={person.id}>
                {contactName(person)}: {message}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {isAny && (
        <div class="bulk-bar">
          <p class="bulk-count" role="status">
            {words.selected(selected.length)}
          </p>
          {selected.length < conversations.length && (
            <Button
              kind="quiet"
              size="small"
              onClick={() => {
                const ids = new Set(conversations.map(({ id }) => id));
                selection.value = { ids, anchor: undefined };
              }}
            >
              {words.all(conversations.length)}
            </Button>
          )}
          <div class="bulk-acts">
            {may('contact.change') && (
              <Button size="small" onClick={() => (asked.value = 'tag')}>
                <Icon of={Tag} size={16} />
                {words.tag(people.length)}
              </Button>
            )}
            {may('contact.delete') && (
              <Button size="small" onClick={() => (asked.value = 'delete')}>
                <Icon of={Trash2} size={16} />
                {words.delete(people.length)}
              </Button>
            )}
            <Button
              kind="quiet"
              size="small"
              aria-label={words.clear}
              title={words.clear}
              onClick={clear}
            >
              <Icon of={X} size={16} />
            </Button>
          </div>
        </div>
      )}
      {asked.value === 'tag' && (
        <SubmitDialog
          title={words.tagTitle(people.length)}
          text={namesOf(people)}
          submit={words.tagSubmit}
          onSubmit={tag}
          onClose={close}
        >
          {({ tag: fault }) => (
            <Field
              name="tag"
              label={words.tagLabel}
              maxLength={50}
              required
              autocomplete="off"
              fault={fault}
            />
          )}
        </SubmitDialog>
      )}
      {asked.value === 'delete' && (
        <ConfirmDialog
          title={words.deleteTitle(people.length)}
          text={words.deleteText(namesOf(people))}
          confirm={words.deleteSubmit}
          onConfirm={() =>
            each(({ id }) => deleteContact(id), {
              done: words.deleted,
              failed: words.notDeleted,
            })
          }
          onClose={close}
        />
      )}
    </div>
  );
}
