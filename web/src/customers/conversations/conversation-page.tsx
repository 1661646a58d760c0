import { ArrowLeft } from 'lucide';
import { useRoute } from 'preact-iso';
import { useEffect, useMemo } from 'preact/hooks';
import { may, whoMay } from '../../session/workspace.js';
import { texts as shared } from '../../texts.js';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { MessagePage } from '../../ui/message-page.js';
import { PageTitle } from '../../ui/page-title.js';
import { useLook } from '../../ui/use-look.js';
import { contactName } from '../contact-name.js';
import { texts } from '../customers-texts.js';
import { ConversationSide } from './conversation-side.js';
import { stateWords, turnLooks, turnOf } from './conversation-state.js';
import { ConversationTranscript } from './conversation-transcript.js';
import { watchConversation, type WatchedConversation } from './watch-conversation.js';
import './conversations.css';

/** What is there instead of a conversation that is not known yet, or never will be. */
function NoConversation({ watched: { failure, look } }: { watched: WatchedConversation }) {
  const words = texts.conversation;
  const { value } = failure;
  if (!value) {
    return (
      <div class="centered" role="status">
        <span class="spinner" />
        <p class="muted">{words.loading}</p>
      </div>
    );
  }
  const isNothing = value.code === 'not_found' || value.code === 'invalid';
  return (
    <MessagePage
      title={isNothing ? shared.notFound.title : words.failed}
      text={isNothing ? shared.notFound.text : value.message}
    >
      {!isNothing && <Button onClick={() => void look()}>{shared.tryAgain}</Button>}
      <a class="button" href="/conversations">
        {words.back}
      </a>
    </MessagePage>
  );
}

/** One conversation, as its team reads it, at `/conversations/:id`. */
export function ConversationPage() {
  const { id = '' } = useRoute().params;
  const readsTranscript = may('transcript.read');
  const watched = useMemo(() => watchConversation(id, { readsTranscript }), [id, readsTranscript]);
  useEffect(() => void watched.look(), [watched]);
  useLook(watched.look);
  const words = texts.conversation;
  const detail = watched.detail.value;
  if (!detail) return <NoConversation watched={watched} />;
  const name = contactName(detail.contact);
  return (
    <div class="talk">
      <header class="talk-head">
        <a class="button quiet square" href="/conversations" aria-label={words.back}>
          <Icon of={ArrowLeft} />
        </a>
        <PageTitle title={name} />
        <span class={`tag small ${turnLooks[turnOf(detail)]}`} role="status">
          {stateWords(detail)}
        </span>
      </header>
      <div class="talk-body">
        <div class="talk-main">
          {watched.failure.value && (
            <p class="talk-stale small" role="status">
              {words.stale}
            </p>
          )}
          {readsTranscript ? (
            <ConversationTranscript events={watched.events.value} customer={name} />
          ) : (
            <p class="muted talk-transcript">
              {shared.rights.transcript(whoMay('transcript.read'))}
            </p>
          )}
        </div>
        <ConversationSide detail={detail} />
      </div>
    </div>
  );
}
