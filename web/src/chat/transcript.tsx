import { isFinal } from '@crmflow/contracts/kinds';
import { useComputed } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { KnowledgeSource } from '@crmflow/contracts';
import { FileText } from 'lucide';
import type { ComponentChildren } from 'preact';
import { texts } from '../texts.js';
import { connection } from '../realtime/socket.js';
import { Button } from '../ui/button.js';
import { aboutWhen } from '../ui/format/when.js';
import { Icon } from '../ui/icon.js';
import type { Message as Said } from './progress.js';
import { useStickToEnd } from './use-stick-to-end.js';
import type { WatchedRun } from './watch-run.js';
import type { PartialAnswer } from './live.js';
import type { Outbox, Outgoing } from './outbox.js';
import './transcript.css';

const speaker = (role: Said['role'], name?: string) =>
  ({
    ...{ user: texts.run.you, ai: texts.run.ai, system: texts.run.flow },
    operator: name ?? texts.run.person,
  })[role];

type BubbleProps = {
  role: Said['role'];
  name?: string | undefined;
  /** ISO 8601. */
  at?: string;
  state?: 'pending' | 'refused';
  isMarked?: boolean;
  actions?: ComponentChildren;
  children: ComponentChildren;
  note?: ComponentChildren;
};

/** One message as it is drawn. */
function Bubble({ role, name, at, state, isMarked, actions, children, note }: BubbleProps) {
  return (
    <div class={`message ${role} ${state ?? ''}${isMarked ? ' marked' : ''}`}>
      <p class="by small muted">
        <span class="who">{speaker(role, name)}</span>
        {at !== undefined && <time dateTime={at}>{aboutWhen(at)}</time>}
        {actions}
      </p>
      <div class="bubble">{children}</div>
      {note}
    </div>
  );
}

/** Each item once, with all its pages. */
function grouped(sources: readonly KnowledgeSource[]) {
  const items = new Map<string, { itemId: string; name: string; pages: Set<number> }>();
  for (const { itemId, name, page } of sources) {
    const item = items.get(itemId) ?? { itemId, name, pages: new Set() };
    if (page !== undefined) item.pages.add(page);
    items.set(itemId, item);
  }
  return [...items.values()].map(({ pages, ...item }) => ({
    ...item,
    pages: [...pages].sort((a, b) => a - b),
  }));
}

/** What an answer draws on, each leading to what was read from it. */
function MessageSources({ sources }: { sources: readonly KnowledgeSource[] }) {
  return (
    <ul class="message-sources small" aria-label={texts.run.sources}>
      {grouped(sources).map(({ itemId, name, pages }) => (
        <li key={itemId}>
          <a href={`/knowledge/${encodeURIComponent(itemId)}`} target="_blank" rel="noreferrer">
            <Icon of={FileText} size={14} />
            <span class="source-name">{name}</span>
            {pages.length > 0 && (
              <span class="muted">{texts.run.pages(pages.length, pages.join(', '))}</span>
            )}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** What those around a transcript know of its messages. */
export type MessageViews = {
  /** What can be done with a message. */
  actions: (message: Said) => ComponentChildren;
  /** Whether it is one of those that are looked for; followed. */
  isMarked: (message: Said) => boolean;
};

/** One message of the transcript. */
function Message({ message, views }: { message: Said; views: MessageViews | undefined }) {
  return (
    <Bubble
      role={message.role}
      isMarked={views?.isMarked(message) ?? false}
      actions={views?.actions(message)}
      name={message.name}
      at={message.at}
      note={message.sources && <MessageSources sources={message.sources} />}
    >
      {message.text}
    </Bubble>
  );
}

/** The answer that is being written: dots until its first words. */
function PartialMessage({ answer }: { answer: PartialAnswer }) {
  return (
    <Bubble role="ai">
      {answer.text === '' ? (
        <span class="typing">
          <span class="visually-hidden">{`${texts.run.ai} ${texts.run.typing}`}</span>
          <i />
          <i />
          <i />
        </span>
      ) : (
        <>
          {answer.text}
          <span class="caret" />
        </>
      )}
    </Bubble>
  );
}

type OutgoingProps = { outgoing: Outgoing; hasEnded: boolean; outbox: Outbox };

function outgoingWords({ state }: Outgoing, hasEnded: boolean): string {
  if (state === 'held') return hasEnded ? texts.run.unread : texts.run.queued;
  return connection.value === 'connected' ? texts.run.sending : texts.run.kept;
}

/** A reply that the transcript does not have yet. */
function OutgoingMessage({ outgoing, hasEnded, outbox }: OutgoingProps) {
  const { messageId, text, state, error } = outgoing;
  const note =
    state === 'refused' ? (
      <div class="note small" role="alert">
        <p class="fault">
          {texts.run.notSent}: {error?.message}
        </p>
        {!hasEnded && (
          <Button size="small" onClick={() => outbox.again(messageId)}>
            {texts.run.sendAgain}
          </Button>
        )}
        <Button size="small" kind="quiet" onClick={() => outbox.discard(messageId)}>
          {texts.run.discard}
        </Button>
      </div>
    ) : (
      <div class="note small muted">
        <p>{outgoingWords(outgoing, hasEnded)}</p>
        {hasEnded && state === 'held' && (
          <Button size="small" kind="quiet" onClick={() => outbox.discard(messageId)}>
            {texts.run.discard}
          </Button>
        )}
      </div>
    );
  return (
    <Bubble role="user" state={state === 'refused' ? 'refused' : 'pending'} note={note}>
      {text}
    </Bubble>
  );
}

/** What was said; read out as it grows. Apart, so that streaming tokens do not draw it again. */
function Messages({ run, views }: TranscriptProps) {
  const messages = useComputed(() => run.state.value?.progress.messages ?? []);
  return (
    <div class="messages" role="log" aria-live="polite" aria-label={texts.run.transcript}>
      {messages.value.map((message) => (
        <Message key={message.id} message={message} views={views} />
      ))}
    </div>
  );
}

/** The answer that is being written; it is read out once it is whole. */
function Writing({ run }: { run: WatchedRun }) {
  const answer = run.state.value?.live.partial;
  return answer ? <PartialMessage answer={answer} /> : null;
}

function Outgoing({ run }: { run: WatchedRun }) {
  const hasEnded = isFinal(run.state.value?.progress.status ?? 'running');
  return (
    <>
      {run.outbox.messages.value.map((outgoing) => (
        <OutgoingMessage
          key={outgoing.messageId}
          outgoing={outgoing}
          hasEnded={hasEnded}
          outbox={run.outbox}
        />
      ))}
    </>
  );
}

type TranscriptProps = { run: WatchedRun; views?: MessageViews | undefined };

/** The conversation: what was said, what is being said, and what is on its way. */
export function Transcript({ run, views }: TranscriptProps) {
  const scroller = useRef<HTMLDivElement>(null);
  useStickToEnd(scroller);
  const { value } = run.state;
  const isEmpty = value?.progress.messages.length === 0 && !value.live.partial;
  return (
    <div
      ref={scroller}
      class="transcript"
      tabIndex={0}
      aria-label={texts.run.transcript}
      role="region"
    >
      <div class="column">
        {(value?.base.messages.length ?? 0) >= 200 && <p class="muted small">{texts.run.older}</p>}
        {isEmpty && !isFinal(value.progress.status) && <p class="muted">{texts.run.empty}</p>}
        <Messages run={run} views={views} />
        <Writing run={run} />
        <Outgoing run={run} />
      </div>
    </div>
  );
}
