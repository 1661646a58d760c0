import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { openSocket } from '../realtime/socket.js';
import { deviceStorage } from '../storage.js';
import { texts } from '../texts.js';
import { MessagePage } from '../ui/message-page.js';
import { Composer } from './composer.js';
import { EventLog } from './event-log.js';
import { useFlowFacts } from './flow-facts.js';
import { RunEnd } from './run-end.js';
import { RunHead } from './run-head.js';
import { RunPause } from './run-pause.js';
import { StatusLine } from './status-line.js';
import { statusWords } from './status-words.js';
import { hasEnded } from './story.js';
import { Transcript } from './transcript.js';
import { type WatchedRun, watchRun } from './watch-run.js';
import './run.css';

/** What is there instead of a run that is not known yet, or never will be. */
function NoRun({ run }: { run: WatchedRun | undefined }) {
  const failure = run?.failure.value;
  if (!failure) {
    return (
      <div class="centered" role="status">
        <span class="spinner" />
        <p class="muted">{texts.run.loading}</p>
      </div>
    );
  }
  const isNothing = failure.code === 'not_found' || failure.code === 'invalid';
  return (
    <MessagePage
      title={isNothing ? texts.notFound.title : texts.run.failed}
      text={isNothing ? texts.notFound.text : failure.message}
    >
      <a class="button" href="/">
        {texts.notFound.back}
      </a>
    </MessagePage>
  );
}

function Run({ run }: { run: WatchedRun }) {
  const isLogOpen = useSignal(false);
  const { value } = run.state;
  const facts = useFlowFacts(value?.snapshot.workflowId);
  if (!value) return <NoRun run={run} />;
  const { version, workflowId } = value.snapshot;
  const labelOf = (nodeId: string) => facts.labels.get(nodeId) ?? nodeId;
  const isOver = hasEnded(value.story.status);
  return (
    <div class="run">
      <div class="chat">
        <RunHead
          run={run}
          name={facts.name}
          version={version}
          isOver={isOver}
          isLogOpen={isLogOpen.value}
          onLog={() => (isLogOpen.value = !isLogOpen.value)}
        />
        <StatusLine status={statusWords(value, labelOf)} />
        <Transcript run={run} />
        {value.story.status === 'paused' && <RunPause run={run} />}
        {isOver ? <RunEnd workflowId={workflowId} /> : <Composer run={run} />}
      </div>
      {isLogOpen.value && (
        <EventLog run={run} labelOf={labelOf} onClose={() => (isLogOpen.value = false)} />
      )}
    </div>
  );
}

/** A run, live: the same whether it was just started or opened again by its address. */
export function RunPage({ runId }: { runId: string }) {
  const run = useSignal<WatchedRun | undefined>(undefined);
  useEffect(() => {
    const watched = watchRun(openSocket(), runId, deviceStorage);
    run.value = watched;
    return () => watched.close();
  }, [runId, run]);
  const { value } = run;
  return value?.runId === runId ? <Run key={runId} run={value} /> : <NoRun run={undefined} />;
}
