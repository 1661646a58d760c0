import { isFinal } from '@crmflow/contracts/kinds';
import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { openSocket } from '../../realtime/socket.js';
import { deviceStorage } from '../../storage.js';
import { texts } from '../../texts.js';
import { MessagePage } from '../../ui/message-page.js';
import { Composer } from '../../chat/composer.js';
import { EventLog } from '../../chat/event-log.js';
import type { RecoveryQuestion } from '../recovery/recovered-run.js';
import { RecoveryDialogs } from '../recovery/recovery-dialogs.js';
import type { RunState } from '../../chat/reduce.js';
import { RunEnd } from './run-end.js';
import { createRunEvents } from './run-events.js';
import { useRunFlow } from './run-flow.js';
import { RunHead } from './run-head.js';
import { RunOrigin } from './run-origin.js';
import { RunPause } from './run-pause.js';
import { useRunPlace } from './run-place.js';
import { RunViews } from './run-views.js';
import { StatusLine } from '../../chat/status-line.js';
import { statusWords } from '../../chat/status-line.js';
import { versionNow } from './version-now.js';
import { type WatchedRun, watchRun } from '../../chat/watch-run.js';
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

type RunProps = { run: WatchedRun; state: RunState; onRetried: () => void };

function Run({ run, state, onRetried }: RunProps) {
  const isLogOpen = useSignal(false);
  const question = useSignal<RecoveryQuestion | undefined>(undefined);
  const place = useRunPlace(run.runId);
  const { snapshot, base, progress } = state;
  const version = versionNow(state);
  const flow = useRunFlow(run.runId, version);
  const log = useMemo(() => createRunEvents(run, base.lastSeq), [run, base.lastSeq]);
  const { workflowId, origin } = snapshot;
  const about = { run, log, flow, workflowId, version };
  const isOver = isFinal(progress.status);
  return (
    <div class="run">
      <div class="chat">
        <RunHead
          about={about}
          status={progress.status}
          isLogOpen={isLogOpen.value}
          onLog={() => (isLogOpen.value = !isLogOpen.value)}
          question={question}
          onRetried={onRetried}
        />
        {origin && <RunOrigin origin={origin} labelOf={flow.labelOf} />}
        <StatusLine status={statusWords(state, flow.labelOf)} />
        <RunViews about={about} place={place} />
        {progress.status === 'paused' && <RunPause run={run} />}
        {isOver && <RunEnd workflowId={workflowId} version={version} />}
        {!isOver && place.view === 'chat' && <Composer run={run} />}
      </div>
      {isLogOpen.value && (
        <EventLog run={run} labelOf={flow.labelOf} onClose={() => (isLogOpen.value = false)} />
      )}
      <RecoveryDialogs
        about={about}
        question={question}
        nodeId={place.nodeId}
        onRetried={onRetried}
      />
    </div>
  );
}

/** A run, live: the same whether it was just started or opened again by its address. */
export function RunPage({ runId }: { runId: string }) {
  const run = useSignal<WatchedRun | undefined>(undefined);
  const retries = useSignal(0);
  useEffect(() => {
    const watched = watchRun(openSocket(), runId, deviceStorage);
    run.value = watched;
    return () => watched.close();
  }, [runId, run, retries.value]);
  const { value } = run;
  const state = value?.state.value;
  if (value?.runId !== runId || !state)
    return <NoRun run={value?.runId === runId ? value : undefined} />;
  return <Run key={runId} run={value} state={state} onRetried={() => (retries.value += 1)} />;
}
