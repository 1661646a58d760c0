import type { Contact } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { SearchX, UserPlus, Users } from 'lucide';
import { useLocation } from 'preact-iso';
import { useEffect, useMemo } from 'preact/hooks';
import { createContact, listContacts } from '../../api/contacts.js';
import { createPagedList } from '../../api/paged-list.js';
import { may, workspace } from '../../session/workspace.js';
import { Button } from '../../ui/button.js';
import { SubmitDialog } from '../../ui/dialog/submit-dialog.js';
import { Field } from '../../ui/field/field.js';
import { FilterSelect } from '../../ui/field/filter-select.js';
import { SearchInput } from '../../ui/field/search-input.js';
import { textOf } from '../../ui/format/text-of.js';
import { ago, whenever } from '../../ui/format/when.js';
import { Icon } from '../../ui/icon.js';
import { PagedItems } from '../../ui/paged-items.js';
import { PageTitle } from '../../ui/page-title.js';
import { Skeleton } from '../../ui/skeleton.js';
import { contactName } from '../contact-name.js';
import { texts } from '../customers-texts.js';
import { addressOf, type ContactQuery, paramsOf, readContactQuery } from './contact-query.js';
import '../../ui/list.css';
import './contacts.css';

/** Asks for a new contact, and leads to it. */
function AddContact({ onClose }: { onClose: () => void }) {
  const { route } = useLocation();
  const words = texts.contact;
  return (
    <SubmitDialog
      title={texts.contacts.addTitle}
      submit={texts.contacts.submit}
      onSubmit={async (data) => {
        const { id } = await createContact({
          name: textOf(data, 'name').trim(),
          email: textOf(data, 'email').trim() || null,
          phone: textOf(data, 'phone').trim() || null,
        });
        route(`/contacts/${id}`);
      }}
      onClose={onClose}
    >
      {({ name, email, phone }) => (
        <>
          <Field name="name" label={words.name} autocomplete="off" fault={name} />
          <Field name="email" type="email" label={words.email} autocomplete="off" fault={email} />
          <Field name="phone" label={words.phone} autocomplete="off" fault={phone} />
        </>
      )}
    </SubmitDialog>
  );
}

function ContactRow({ contact, query }: { contact: Contact; query: ContactQuery }) {
  const { id, name, email, phone, tags, blockedAt, lastSeenAt } = contact;
  const reach = [name === '' ? null : email, phone].filter((one) => one !== null);
  return (
    <li class="row contact-row">
      <p class="contact-row-name">
        <a class="row-link contact-link" href={`/contacts/${id}`}>
          {contactName(contact)}
        </a>
        {blockedAt !== null && <span class="tag bad small">{texts.contacts.blocked}</span>}
      </p>
      <p class="contact-row-reach small muted">{reach.join(' · ')}</p>
      <p class="contact-row-tags">
        {tags.map((tag) => (
          <a key={tag} class="tag small" href={addressOf({ ...query, tag })}>
            {tag}
          </a>
        ))}
      </p>
      <time class="contact-row-seen small muted" dateTime={lastSeenAt} title={whenever(lastSeenAt)}>
        {texts.contacts.seen(ago(lastSeenAt))}
      </time>
    </li>
  );
}

/** Which contacts are shown. @param tags that are known so far */
function Toolbar({ query, tags }: { query: ContactQuery; tags: readonly string[] }) {
  const { route } = useLocation();
  const words = texts.contacts;
  return (
    <div class="list-tools">
      <SearchInput
        label={words.search}
        hint={words.searchHint}
        value={query.q}
        onSearch={(q) => route(addressOf({ ...query, q }), true)}
      />
      {tags.length > 0 && (
        <FilterSelect
          label={words.tag}
          all={words.allTags}
          options={tags.map((tag) => ({ id: tag, name: tag }))}
          value={query.tag}
          onChange={(tag) => route(addressOf({ ...query, tag }))}
        />
      )}
    </div>
  );
}

/** Who has written and who was added, at `/contacts`. */
export function ContactsPage() {
  const words = texts.contacts;
  const { query: params } = useLocation();
  const query = readContactQuery(params);
  const sent = paramsOf(query);
  const workspaceId = workspace.value?.id;
  const list = useMemo(() => createPagedList<Contact>(listContacts), [workspaceId]);
  /** A choice that was there stays, also where none of those shown has that tag. */
  const seenTags = useMemo(() => new Set<string>(), [workspaceId]);
  const isAdding = useSignal(false);
  useEffect(() => void list.show(sent), [list, JSON.stringify(sent)]);
  if (query.tag) seenTags.add(query.tag);
  for (const { tags } of list.items.value) for (const tag of tags) seenTags.add(tag);
  const isNone = list.state.value === 'ready' && list.items.value.length === 0;
  const isAll = Object.keys(sent).length === 0;
  const adding = may('contact.change') && (
    <Button kind="primary" onClick={() => (isAdding.value = true)}>
      <Icon of={UserPlus} />
      {words.add}
    </Button>
  );
  return (
    <div class="page contacts-page">
      <div class="page-head">
        <div class="page-words">
          <PageTitle title={words.title} />
          <p class="muted">{words.explain}</p>
        </div>
        {!(isNone && isAll) && adding}
      </div>
      {isNone && isAll ? (
        <section class="empty">
          <Icon of={Users} size={24} />
          <h2>{words.empty.title}</h2>
          <p class="muted">{words.empty.text}</p>
          {adding}
        </section>
      ) : (
        <>
          <Toolbar key={workspaceId} query={query} tags={[...seenTags].sort()} />
          {isNone ? (
            <section class="empty">
              <Icon of={SearchX} size={24} />
              <h2>{words.none.title}</h2>
              <p class="muted">{words.none.text}</p>
              <a class="button" href="/contacts">
                {words.none.all}
              </a>
            </section>
          ) : (
            <PagedItems
              list={list}
              words={words}
              skeleton={<Skeleton label={words.loading} count={5} />}
            >
              <ul class="rows" aria-busy={list.state.value === 'loading'}>
                {list.items.value.map((contact) => (
                  <ContactRow key={contact.id} contact={contact} query={query} />
                ))}
              </ul>
            </PagedItems>
          )}
        </>
      )}
      {isAdding.value && <AddContact onClose={() => (isAdding.value = false)} />}
    </div>
  );
}
