import { isFinal } from '@crmflow/contracts/kinds';
import { useComputed } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { texts } from '../texts.js';
import { Message, OutgoingMessage, PartialMessage } from './message.js';
import { useStickToEnd } from './use-stick-to-end.js';
import type { WatchedRun } from './watch-run.js';
import './transcript.css';

/** What was said; read out as it grows. Apart, so that streaming tokens do not draw it anew. */
function Messages({ run }: { run: WatchedRun }) {
  const messages = useComputed(() => run.state.value?.progress.messages ?? []);
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
  const answer = run.state.value?.live.partial;
  return answer ? <PartialMessage answer={answer} /> : null;
}

function Outgoing({ run }: { run: WatchedRun }) {
  const isOver = isFinal(run.state.value?.progress.status ?? 'running');
  return (
    <>
      {run.outbox.messages.value.map((outgoing) => (
        <OutgoingMessage
          key={outgoing.messageId}
          outgoing={outgoing}
          hasEnded={isOver}
          outbox={run.outbox}
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
        <Messages run={run} />
        <Writing run={run} />
        <Outgoing run={run} />
      </div>
    </div>
  );
}
