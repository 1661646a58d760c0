import type { Conversation } from '@crmflow/contracts';
import type { ComponentChildren } from 'preact';
import { ago, whenever } from '../../ui/format/when.js';
import { contactName } from '../contact-name.js';
import { texts } from '../customers-texts.js';
import { stateWords, turnLooks, turnOf } from './conversation-state.js';

/** How a row is selected, where several can be. */
export type RowSelection = {
  isSelected: boolean;
  /** @param isRange with all between it and the one pressed before */
  press: (isRange: boolean) => void;
};

/** One conversation in a list. @param of what all of the list have in common, and need not say */
export function ConversationRow({
  conversation,
  of,
  selecting,
  href = `/conversations/${conversation.id}`,
  isCurrent = false,
  aside,
}: {
  conversation: Conversation;
  of?: 'contact' | 'flow' | 'inbox' | undefined;
  selecting?: RowSelection | undefined;
  href?: string;
  /** Whether it is the one that is open beside the list. */
  isCurrent?: boolean;
  /** What else there is to say of it. */
  aside?: ComponentChildren;
}) {
  const isOfContact = of === 'contact';
  const isShort = isOfContact || of === 'inbox';
  const { contact, lastMessage, lastMessageAt, createdAt, workflowName } = conversation;
  const { deploymentName, unread } = conversation;
  const isUnread = of === 'inbox' && unread > 0;
  const at = lastMessageAt ?? createdAt;
  const where =
    deploymentName === workflowName ? workflowName : `${workflowName} · ${deploymentName}`;
  return (
    <li
      class={`row talk-row ${isShort ? 'of-contact' : ''} ${isUnread ? 'unread' : ''} ${selecting?.isSelected ? 'selected' : ''}`}
    >
      {selecting && (
        <label class="talk-row-check">
          <input
            type="checkbox"
            aria-label={texts.bulk.select(contactName(contact))}
            checked={selecting.isSelected}
            onClick={({ shiftKey }) => selecting.press(shiftKey)}
          />
        </label>
      )}
      <p class="talk-row-name">
        <a class="row-link" href={href} aria-current={isCurrent ? 'true' : undefined}>
          {isOfContact ? where : contactName(contact)}
        </a>
        {isUnread && <span class="visually-hidden">, {texts.inbox.unread(unread)}</span>}
      </p>
      <p class="talk-row-last">
        {lastMessage ? (
          <>
            <span class="muted">{texts.speakers[lastMessage.role]}:</span> {lastMessage.text}
          </>
        ) : (
          <span class="muted">{texts.conversations.noText}</span>
        )}
      </p>
      {!isShort && (
        <p class="talk-row-where small muted">
          {of !== 'flow' && <span>{workflowName}</span>}
          {(of === 'flow' || deploymentName !== workflowName) && <span>{deploymentName}</span>}
        </p>
      )}
      <p class="talk-row-state">
        <span class={`tag small ${turnLooks[turnOf(conversation)]}`}>
          {stateWords(conversation)}
        </span>
        {aside}
      </p>
      <time class="talk-row-when small muted" dateTime={at} title={whenever(at)}>
        {ago(at)}
      </time>
    </li>
  );
}
