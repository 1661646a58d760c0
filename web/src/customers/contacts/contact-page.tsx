import type { Contact, Conversation, UpdateContact } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { ArrowLeft, Ban, Ellipsis, Merge, Trash2 } from 'lucide';
import { useLocation, useRoute } from 'preact-iso';
import { useEffect, useMemo } from 'preact/hooks';
import { asApiError } from '../../api/as-api-error.js';
import {
  changeContact,
  deleteContact,
  listContactConversations,
  readContact,
} from '../../api/contacts.js';
import { createPagedList } from '../../api/paged-list.js';
import { may, whoMay } from '../../session/workspace.js';
import { Button } from '../../ui/button.js';
import { ConfirmDialog } from '../../ui/dialog/confirm-dialog.js';
import { Fetched } from '../../ui/fetched.js';
import { aboutWhen, ago } from '../../ui/format/when.js';
import { Icon } from '../../ui/icon.js';
import { Menu } from '../../ui/menu/menu.js';
import { Notice } from '../../ui/notice.js';
import { PagedItems } from '../../ui/paged-items.js';
import { PageTitle } from '../../ui/page-title.js';
import { Skeleton } from '../../ui/skeleton.js';
import { toast } from '../../ui/toast/toast.js';
import { contactName } from '../contact-name.js';
import { ConversationRow } from '../conversations/conversation-row.js';
import { texts } from '../customers-texts.js';
import { attributeText } from './attribute-text.js';
import { ContactForm } from './contact-form.js';
import { MergeDialog } from './merge-dialog.js';
import { Merges } from './merges.js';
import { TagEditor } from './tag-editor.js';
import '../../ui/list.css';
import '../conversations/conversations.css';
import './contacts.css';

/** The fields of a contact, for those who may change none. */
function ContactFacts({ contact }: { contact: Contact }) {
  const words = texts.contact;
  const { name, email, phone, locale, timezone, attributes } = contact;
  const facts = [
    [words.name, name],
    [words.email, email],
    [words.phone, phone],
    [words.locale, locale],
    [words.timezone, timezone],
    ...Object.entries(attributes).map(([key, value]) => [key, attributeText(value)]),
  ] as [string, string | null][];
  return (
    <>
      <dl class="side-facts">
        {facts.map(([label, value]) => (
          <>
            <dt>{label}</dt>
            <dd>{value || words.none}</dd>
          </>
        ))}
      </dl>
      <p class="small muted">{words.readOnly(whoMay('contact.change'))}</p>
    </>
  );
}

/** What is known of how a contact is recognised and what they agreed to. */
function Origins({ contact: { identities, consent, createdAt } }: { contact: Contact }) {
  const words = texts.contact;
  return (
    <>
      <section aria-labelledby="identities-title">
        <h2 id="identities-title">{words.identities}</h2>
        {identities.length === 0 ? (
          <p class="small muted">{words.noIdentities}</p>
        ) : (
          <ul class="contact-list small">
            {identities.map(({ id, kind, value, verifiedAt }) => (
              <li key={id}>
                {kind === 'external' ? words.external(value) : words.browser}
                {verifiedAt !== null && (
                  <span class="muted"> · {words.verified(ago(verifiedAt))}</span>
                )}
              </li>
            ))}
          </ul>
        )}
      </section>
      <section aria-labelledby="consent-title">
        <h2 id="consent-title">{words.consent}</h2>
        {consent.length === 0 ? (
          <p class="small muted">{words.noConsent}</p>
        ) : (
          <ul class="contact-list small">
            {consent.map(({ version, at, text }) => (
              <li key={`${version} ${at}`}>
                <details>
                  <summary>{words.consentOf(version, aboutWhen(at))}</summary>
                  <p class="muted side-words">{text}</p>
                </details>
              </li>
            ))}
          </ul>
        )}
      </section>
      <p class="small muted">{words.added(ago(createdAt))}</p>
    </>
  );
}

type Asked = 'block' | 'merge' | 'delete';

/** Asks before what changes more than fields. */
function Questions({
  contact,
  conversations,
  asked,
  change,
  onClose,
}: {
  contact: Contact;
  conversations: string;
  asked: Asked | undefined;
  change: (change: Partial<UpdateContact>) => Promise<void>;
  onClose: () => void;
}) {
  const words = texts.contact;
  const { route } = useLocation();
  const name = contactName(contact);
  switch (asked) {
    case 'block':
      return (
        <ConfirmDialog
          title={words.blockTitle(name)}
          text={words.blockText}
          confirm={words.block}
          onConfirm={async () => {
            await change({ blocked: true });
            toast(words.blockedDone(name));
          }}
          onClose={onClose}
        />
      );
    case 'merge':
      return <MergeDialog contact={contact} conversations={conversations} onClose={onClose} />;
    case 'delete':
      return (
        <ConfirmDialog
          title={words.deleteTitle(name)}
          text={words.deleteText(conversations)}
          confirm={words.deleteConfirm}
          onConfirm={async () => {
            await deleteContact(contact.id);
            toast(words.deleted(name));
            route('/contacts');
          }}
          onClose={onClose}
        />
      );
    case undefined:
      return null;
  }
}

function ContactView({ loaded }: { loaded: Contact }) {
  const words = texts.contact;
  const contact = useSignal(loaded);
  const asked = useSignal<Asked | undefined>(undefined);
  const { id } = loaded;
  const list = useMemo(
    () => createPagedList<Conversation>((_, cursor) => listContactConversations(id, cursor)),
    [id],
  );
  useEffect(() => void list.show({}), [list]);
  const { value } = contact;
  const name = contactName(value);
  const change = async (sent: Partial<UpdateContact>) => {
    contact.value = await changeContact(id, sent);
  };
  const unblock = () =>
    change({ blocked: false }).then(
      () => toast(words.unblockedDone(name)),
      (error: unknown) => toast(asApiError(error).message, { kind: 'failed' }),
    );
  const count = list.items.value.length;
  const conversations =
    list.nextCursor.value === null
      ? words.conversationCount(count)
      : words.conversationsAtLeast(count);
  const isBlocked = value.blockedAt !== null;
  const mayChange = may('contact.change');
  return (
    <div class="page contact-page">
      <a class="back small" href="/contacts">
        <Icon of={ArrowLeft} size={16} />
        {words.back}
      </a>
      <div class="page-head">
        <PageTitle title={name} />
        {mayChange && (
          <Menu
            label={words.more}
            items={[
              ...(isBlocked
                ? []
                : [{ label: words.block, icon: Ban, onSelect: () => (asked.value = 'block') }]),
              ...(may('contact.delete')
                ? ([
                    { label: words.merge, icon: Merge, onSelect: () => (asked.value = 'merge') },
                    'separator',
                    {
                      label: words.delete,
                      icon: Trash2,
                      isDangerous: true,
                      onSelect: () => (asked.value = 'delete'),
                    },
                  ] as const)
                : []),
            ]}
          >
            <Icon of={Ellipsis} />
          </Menu>
        )}
      </div>
      {isBlocked && (
        <Notice
          action={
            mayChange && (
              <Button size="small" onClick={() => void unblock()}>
                {words.unblock}
              </Button>
            )
          }
        >
          {words.blockedNotice}
        </Notice>
      )}
      <Merges
        contact={value}
        onUndone={async () => {
          contact.value = await readContact(id);
          await list.show({});
        }}
      />
      <div class="contact-columns">
        <div class="contact-main">
          {mayChange ? (
            <ContactForm contact={value} change={change} />
          ) : (
            <ContactFacts contact={value} />
          )}
        </div>
        <div class="contact-side">
          <section aria-labelledby="tags-title">
            <h2 id="tags-title">{words.tags}</h2>
            <TagEditor
              tags={value.tags}
              onChange={mayChange ? (tags) => change({ tags }) : undefined}
            />
          </section>
          <section aria-labelledby="conversations-title">
            <h2 id="conversations-title">{words.conversations}</h2>
            {list.state.value === 'ready' && count === 0 ? (
              <p class="small muted">{words.noConversations}</p>
            ) : (
              <PagedItems
                list={list}
                words={texts.conversations}
                skeleton={<Skeleton label={texts.conversations.loading} count={2} />}
              >
                <ul class="rows">
                  {list.items.value.map((conversation) => (
                    <ConversationRow
                      key={conversation.id}
                      conversation={conversation}
                      of="contact"
                    />
                  ))}
                </ul>
              </PagedItems>
            )}
          </section>
          <Origins contact={value} />
        </div>
      </div>
      <Questions
        contact={value}
        conversations={conversations}
        asked={asked.value}
        change={change}
        onClose={() => (asked.value = undefined)}
      />
    </div>
  );
}

/** One contact with all that is known, at `/contacts/:id`. */
export function ContactPage() {
  const { id = '' } = useRoute().params;
  return (
    <Fetched
      key={id}
      label={texts.contact.loading}
      failed={texts.contact.failed}
      fetch={() => readContact(id)}
    >
      {(loaded) => <ContactView loaded={loaded} />}
    </Fetched>
  );
}
