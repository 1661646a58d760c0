import { ArrowLeft, Inbox } from 'lucide';
import { useRoute } from 'preact-iso';
import { useEffect, useMemo } from 'preact/hooks';
import { may } from '../../session/workspace.js';
import { texts as shared } from '../../texts.js';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { MessagePage } from '../../ui/message-page.js';
import { PageTitle } from '../../ui/page-title.js';
import { useLook } from '../../ui/use-look.js';
import { contactName } from '../contact-name.js';
import { texts } from '../customers-texts.js';
import { ConversationTalk } from './conversation-talk.js';
import { stateWords, turnLooks, turnOf } from './conversation-state.js';
import { watchConversation, type WatchedConversation } from './watch-conversation.js';

/** What is there instead of a conversation that is not known yet, or never will be. */
export function NoConversation({
  watched: { failure, look },
  back = '/conversations',
}: {
  watched: WatchedConversation;
  /** Where the list is. */
  back?: string;
}) {
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
      <a class="button" href={back}>
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
    <ConversationTalk
      detail={detail}
      watched={watched}
      head={
        <>
          <a class="button quiet square" href="/conversations" aria-label={words.back}>
            <Icon of={ArrowLeft} />
          </a>
          <PageTitle title={name} />
          <span class={`tag small ${turnLooks[turnOf(detail)]}`} role="status">
            {stateWords(detail)}
          </span>
          {may('conversation.answer') && (
            <a class="button small talk-open" href={`/inbox/${id}?view=all`}>
              <Icon of={Inbox} size={16} />
              {texts.inbox.title}
            </a>
          )}
        </>
      }
    />
  );
}
