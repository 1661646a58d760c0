import { useComputed } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { texts } from '../texts.js';
import { Draft } from './partial-answer.js';
import { Message } from './message.js';
import { OutgoingMessage } from './outgoing-message.js';
import { isFinal } from '@crmflow/contracts/kinds';
import { useStickToEnd } from './use-stick-to-end.js';
import type { WatchedRun } from './watch-run.js';
import './transcript.css';

/** What was said; read out as it grows. Apart, so that streaming tokens do not draw it anew. */
function Messages({ run }: { run: WatchedRun }) {
  const messages = useComputed(() => run.state.value?.story.messages ?? []);
  return (
    <div class="messages" role="log" aria-live="polite" aria-label={texts.run.transcript}>
      {messages.value.map((message) => (
        <Message key={message.id} message={message} />
      ))}
    </div>
  );
}

/** The answer that is being written; it is read out once it is whole. */
function Writing({ run }: { run: WatchedRun }) {
  const draft = run.state.value?.live.draft;
  return draft ? <Draft draft={draft} /> : null;
}

function Outgoing({ run }: { run: WatchedRun }) {
  const isOver = isFinal(run.state.value?.story.status ?? 'running');
  return (
    <>
      {run.deliveries.outbox.value.map((outgoing) => (
        <OutgoingMessage
          key={outgoing.messageId}
          outgoing={outgoing}
          hasEnded={isOver}
          deliveries={run.deliveries}
        />
      ))}
    </>
  );
}

/** The conversation: what was said, what is being said, and what is on its way. */
export function Transcript({ run }: { run: WatchedRun }) {
  const scroller = useRef<HTMLDivElement>(null);
  useStickToEnd(scroller);
  const { value } = run.state;
  const isEmpty = value?.story.messages.length === 0 && !value.live.draft;
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
        {isEmpty && !isFinal(value.story.status) && <p class="muted">{texts.run.empty}</p>}
        <Messages run={run} />
        <Writing run={run} />
        <Outgoing run={run} />
      </div>
    </div>
  );
}
