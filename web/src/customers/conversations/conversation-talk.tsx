import type { ConversationDetail } from '@crmflow/contracts';
import type { ComponentChildren } from 'preact';
import { may, whoMay } from '../../session/workspace.js';
import { texts as shared } from '../../texts.js';
import { contactName } from '../contact-name.js';
import { texts } from '../customers-texts.js';
import { ConversationSide } from './conversation-side.js';
import { ConversationTranscript } from './conversation-transcript.js';
import type { WatchedConversation } from './watch-conversation.js';
import './conversations.css';

/** A conversation: what is said in it, and what there is to know beside it. */
export function ConversationTalk({
  detail,
  watched,
  head,
  foot,
  side,
}: {
  detail: ConversationDetail;
  watched: WatchedConversation;
  head: ComponentChildren;
  /** What stands below the transcript. */
  foot?: ComponentChildren;
  /** Further sections of the side. */
  side?: ComponentChildren;
}) {
  return (
    <div class="talk">
      <header class="talk-head">{head}</header>
      <div class="talk-body">
        <div class="talk-main">
          {watched.failure.value && (
            <p class="talk-stale small" role="status">
              {texts.conversation.stale}
            </p>
          )}
          {may('transcript.read') ? (
            <ConversationTranscript
              events={watched.events.value}
              team={watched.teamEvents.value}
              customer={contactName(detail.contact)}
            />
          ) : (
            <p class="muted talk-transcript">
              {shared.rights.transcript(whoMay('transcript.read'))}
            </p>
          )}
          {foot}
        </div>
        <ConversationSide detail={detail}>{side}</ConversationSide>
      </div>
    </div>
  );
}
