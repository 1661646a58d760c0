import type { Contact, ConversationDetail } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { Star } from 'lucide';
import type { ComponentChildren } from 'preact';
import { changeContact, readContact } from '../../api/contacts.js';
import { may } from '../../session/workspace.js';
import { texts as shared } from '../../texts.js';
import { Fetched } from '../../ui/fetched.js';
import { aboutWhen } from '../../ui/format/when.js';
import { Icon } from '../../ui/icon.js';
import { StatusDot } from '../../ui/status-dot.js';
import { attributeText } from '../contacts/attribute-text.js';
import { TagEditor } from '../contacts/tag-editor.js';
import { contactName } from '../contact-name.js';
import { texts } from '../customers-texts.js';

/** A fact with its name, in a list of them. */
export function Fact({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** Who the customer is. */
function Person({ loaded }: { loaded: Contact }) {
  const words = texts.contact;
  const contact = useSignal(loaded);
  const { id, email, phone, locale, attributes, tags, blockedAt } = contact.value;
  return (
    <>
      <p class="person-name">
        <a href={`/contacts/${id}`}>{contactName(contact.value)}</a>
        {blockedAt !== null && <span class="tag bad small">{texts.contacts.blocked}</span>}
      </p>
      <dl class="side-facts small">
        <Fact label={words.email}>
          {email === null ? words.none : <a href={`mailto:${email}`}>{email}</a>}
        </Fact>
        <Fact label={words.phone}>
          {phone === null ? words.none : <a href={`tel:${phone}`}>{phone}</a>}
        </Fact>
        {locale !== null && <Fact label={words.locale}>{locale}</Fact>}
        {Object.entries(attributes).map(([name, value]) => (
          <Fact key={name} label={name}>
            {attributeText(value)}
          </Fact>
        ))}
      </dl>
      <h3>{words.tags}</h3>
      <TagEditor
        tags={tags}
        onChange={
          may('contact.change')
            ? async (next) => {
                contact.value = await changeContact(id, { tags: next });
              }
            : undefined
        }
      />
    </>
  );
}

function Rating({ rating }: Pick<ConversationDetail, 'rating'>) {
  const words = texts.conversation;
  if (!rating) return <p class="small muted">{words.notRated}</p>;
  return (
    <>
      <p class="stars" role="img" aria-label={words.ratingOf(rating.score)}>
        {[1, 2, 3, 4, 5].map((star) => (
          <span key={star} class={star <= rating.score ? 'on' : ''}>
            <Icon of={Star} size={16} />
          </span>
        ))}
      </p>
      {rating.text !== undefined && <p class="small side-words">{rating.text}</p>}
    </>
  );
}

/** The runs of a conversation, the newest first, with the ways to look at each. */
function Runs({ runs }: Pick<ConversationDetail, 'runs'>) {
  const words = texts.conversation;
  return (
    <ul class="side-runs small">
      {runs.toReversed().map(({ runId, status, startedAt }) => {
        const name = words.run(aboutWhen(startedAt));
        return (
          <li key={runId}>
            <a href={`/runs/${runId}`}>{name}</a>
            <span class="side-run-state muted">
              <StatusDot status={status} />
              {shared.runStatuses[status]}
            </span>
            <span class="side-run-views">
              {(['canvas', 'timeline'] as const).map((view) => (
                <a
                  key={view}
                  href={`/runs/${runId}?view=${view}`}
                  aria-label={`${words[view]}: ${name}`}
                >
                  {words[view]}
                </a>
              ))}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** What there is to know beside what was said: the person, the place, the runs. */
export function ConversationSide({
  detail,
  children,
}: {
  detail: ConversationDetail;
  /** Further sections, after the person. */
  children?: ComponentChildren;
}) {
  const words = texts.conversation;
  const { contactId, createdAt, workflowId, workflowName, deploymentId, deploymentName } = detail;
  return (
    <aside class="talk-side" aria-label={words.about}>
      <section aria-labelledby="side-person">
        <h2 id="side-person">{words.person}</h2>
        <Fetched
          key={contactId}
          label={texts.contact.loading}
          failed={texts.contact.failed}
          height={160}
          fetch={() => readContact(contactId)}
        >
          {(contact) => <Person loaded={contact} />}
        </Fetched>
      </section>
      {children}
      <section aria-labelledby="side-about">
        <h2 id="side-about">{words.about}</h2>
        <dl class="side-facts small">
          <Fact label={words.began}>{aboutWhen(createdAt)}</Fact>
          <Fact label={words.flow}>
            {may('flow.read') ? <a href={`/flows/${workflowId}`}>{workflowName}</a> : workflowName}
          </Fact>
          <Fact label={words.page}>
            <a href={`/flows/${workflowId}/share/${deploymentId}`}>{deploymentName}</a>
          </Fact>
        </dl>
      </section>
      <section aria-labelledby="side-rating">
        <h2 id="side-rating">{words.rating}</h2>
        <Rating rating={detail.rating} />
      </section>
      <section aria-labelledby="side-runs">
        <h2 id="side-runs">{words.runs}</h2>
        <Runs runs={detail.runs} />
      </section>
    </aside>
  );
}
