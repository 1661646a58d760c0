import type { Contact } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { useLocation } from 'preact-iso';
import { useEffect, useMemo } from 'preact/hooks';
import { ApiError } from '../../api/api-error.js';
import { listContacts, mergeContact } from '../../api/contacts.js';
import { createPagedList } from '../../api/paged-list.js';
import { SubmitDialog } from '../../ui/dialog/submit-dialog.js';
import { SearchInput } from '../../ui/field/search-input.js';
import { toast } from '../../ui/toast/toast.js';
import { contactName } from '../contact-name.js';
import { texts } from '../customers-texts.js';
import { previewMerge } from './merge-preview.js';

/** What the contact that stays gets and what it keeps instead, line by line. */
function Preview({
  from,
  into,
  conversations,
}: {
  from: Contact;
  into: Contact;
  conversations: string;
}) {
  const words = texts.contact;
  const preview = previewMerge(from, into);
  const gains = [
    words.moves(conversations, words.identityCount(preview.identities)),
    ...preview.gains.map(({ field, value }) => words.gains(words[field], value)),
    ...preview.attributes.map(({ name, value }) => words.gains(name, value)),
    ...(preview.tags.length > 0 ? [words.gains(words.tags, preview.tags.join(', '))] : []),
    ...(preview.getsBlocked ? [words.getsBlocked] : []),
  ];
  const drops = [
    ...preview.drops.map(({ field, value }) => words.gains(words[field], value)),
    ...preview.droppedAttributes.map(({ name, value }) => words.gains(name, value)),
  ];
  const list = (lines: string[]) => (
    <ul>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
  return (
    <div class="merge-preview small" role="status">
      <strong>{words.stays(contactName(into))}</strong>
      {list(gains)}
      {drops.length > 0 && (
        <>
          <strong>{words.drops}</strong>
          {list(drops)}
        </>
      )}
    </div>
  );
}

/** Finds the contact that another one is merged into, and shows what comes of it. */
export function MergeDialog({
  contact,
  conversations,
  onClose,
}: {
  contact: Contact;
  /** How many conversations it has, in words. */
  conversations: string;
  onClose: () => void;
}) {
  const words = texts.contact;
  const { route } = useLocation();
  const q = useSignal('');
  const chosen = useSignal<Contact | undefined>(undefined);
  const list = useMemo(() => createPagedList<Contact>(listContacts), []);
  useEffect(() => {
    void list.show({ limit: '8', ...(q.value.trim() && { q: q.value.trim() }) });
  }, [q.value]);
  const others = list.items.value.filter(({ id }) => id !== contact.id);
  const merge = async () => {
    const into = chosen.peek();
    if (!into) throw new ApiError('invalid', words.mergeChoose);
    await mergeContact(contact.id, into.id);
    toast(words.merged(contactName(into)));
    route(`/contacts/${into.id}`);
  };
  return (
    <SubmitDialog
      title={words.mergeTitle(contactName(contact))}
      text={words.mergeText}
      submit={words.mergeSubmit}
      isDangerous
      onSubmit={merge}
      onClose={onClose}
    >
      {() => (
        <>
          <SearchInput
            label={words.mergeFind}
            hint={words.mergeFind}
            value={q.value}
            onSearch={(next) => {
              q.value = next;
              chosen.value = undefined;
            }}
          />
          {list.state.value === 'ready' && others.length === 0 && (
            <p class="small muted">{words.mergeNone}</p>
          )}
          <fieldset class="merge-choice">
            <legend class="visually-hidden">{words.mergeChoose}</legend>
            {others.map((other) => (
              <label key={other.id}>
                <input
                  type="radio"
                  name="intoId"
                  value={other.id}
                  checked={other.id === chosen.value?.id}
                  onChange={() => (chosen.value = other)}
                />
                <span>
                  {contactName(other)}
                  <span class="small muted">
                    {[other.name === '' ? null : other.email, other.phone]
                      .filter((one) => one !== null)
                      .join(' · ')}
                  </span>
                </span>
              </label>
            ))}
          </fieldset>
          {chosen.value && (
            <Preview from={contact} into={chosen.value} conversations={conversations} />
          )}
        </>
      )}
    </SubmitDialog>
  );
}
