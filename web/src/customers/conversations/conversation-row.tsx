import type { Conversation } from '@crmflow/contracts';
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
}: {
  conversation: Conversation;
  of?: 'contact' | 'flow' | undefined;
  selecting?: RowSelection | undefined;
}) {
  const isOfContact = of === 'contact';
  const { id, contact, lastMessage, lastMessageAt, createdAt, workflowName } = conversation;
  const { deploymentName } = conversation;
  const at = lastMessageAt ?? createdAt;
  const where =
    deploymentName === workflowName ? workflowName : `${workflowName} · ${deploymentName}`;
  return (
    <li
      class={`row talk-row ${isOfContact ? 'of-contact' : ''} ${selecting?.isSelected ? 'selected' : ''}`}
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
        <a class="row-link" href={`/conversations/${id}`}>
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
      {!isOfContact && (
        <p class="talk-row-where small muted">
          {of !== 'flow' && <span>{workflowName}</span>}
          {(of === 'flow' || deploymentName !== workflowName) && <span>{deploymentName}</span>}
        </p>
      )}
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
