import type { Conversation } from '@crmflow/contracts';
import { ago, whenever } from '../../ui/format/when.js';
import { contactName } from '../contact-name.js';
import { texts } from '../customers-texts.js';
import { stateWords, turnLooks, turnOf } from './conversation-state.js';

/** One conversation in a list. @param isOfContact whether all of the list are one contact's */
export function ConversationRow({
  conversation,
  isOfContact = false,
}: {
  conversation: Conversation;
  isOfContact?: boolean;
}) {
  const { id, contact, lastMessage, lastMessageAt, createdAt, workflowName } = conversation;
  const { deploymentName } = conversation;
  const at = lastMessageAt ?? createdAt;
  const where =
    deploymentName === workflowName ? workflowName : `${workflowName} · ${deploymentName}`;
  return (
    <li class={`talk-row ${isOfContact ? 'of-contact' : ''}`}>
      <p class="talk-row-name">
        <a class="talk-link" href={`/conversations/${id}`}>
          {isOfContact ? where : contactName(contact)}
        </a>
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
      {!isOfContact && <p class="talk-row-where small muted">{where}</p>}
      <p class="talk-row-state">
        <span class={`tag small ${turnLooks[turnOf(conversation)]}`}>
          {stateWords(conversation)}
        </span>
      </p>
      <time class="talk-row-when small muted" dateTime={at} title={whenever(at)}>
        {ago(at)}
      </time>
    </li>
  );
}
