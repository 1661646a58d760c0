import { isFinal } from '@crmflow/contracts/kinds';
import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { RunVersion, ForkOrigin } from '@crmflow/contracts';
import { RotateCcw, GitFork } from 'lucide';
import { useLocation } from 'preact-iso';
import { openSocket } from '../../realtime/socket.js';
import { may, whoMay } from '../../session/workspace.js';
import { deviceStorage } from '../../storage.js';
import { texts as shared } from '../../texts.js';
import { MessagePage } from '../../ui/message-page.js';
import { Composer } from '../../chat/composer.js';
import { EventLog } from '../../chat/event-log.js';
import type { RecoveryQuestion } from '../recovery/recovered-run.js';
import { RecoveryDialogs } from '../recovery/recovery-dialogs.js';
import type { FollowedRun } from '../../chat/reduce.js';
import { StatusLine, statusWords } from '../../chat/status-line.js';
import { type WatchedRun, watchRun } from '../../chat/watch-run.js';
import { asApiError } from '../../api/as-api-error.js';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { Notice } from '../../ui/notice.js';
import { PageTitle } from '../../ui/page-title.js';
import { StatusDot } from '../../ui/status-dot.js';
import { Fetched } from '../../ui/fetched.js';
import { ago } from '../../ui/format/when.js';
import { readRun } from '../../api/runs.js';
import { startRun } from '../../chat/start-run.js';
import { texts } from '../runs-texts.js';
import { createRunEvents } from './run-events.js';
import { useRunFlow } from './run-flow.js';
import { RelatedRuns } from './related-runs.js';
import { RunHead } from './run-head.js';
import { RunPause } from './run-pause.js';
import { useRunPlace } from './run-place.js';
import { RunViews } from './run-views.js';
import './run.css';

/** The version that a run is on: a migration changes the one that the snapshot has. */
function versionNow({ snapshot, log }: FollowedRun): RunVersion {
  const started = log.findLast((event) => event.type === 'run.started');
  return started?.type === 'run.started' ? started.data.version : snapshot.version;
}

/** Of a fork: the run that it parted from, and where. */
function RunOrigin({
  origin: { runId, nodeId },
  labelOf,
}: {
  origin: ForkOrigin;
  labelOf: (nodeId: string) => string;
}) {
  return (
    <p class="run-origin small">
      <Icon of={GitFork} size={14} />
      <a
        href={`/runs/${encodeURIComponent(runId)}?view=timeline&node=${encodeURIComponent(nodeId)}`}
      >
        {texts.recovery.forkedFrom}
      </a>
      <span class="muted">{texts.recovery.forkedAt(labelOf(nodeId))}</span>
    </p>
  );
}

/** What takes the composer's place once the run has ended. */
function RunEnd({ flowId, version }: { flowId: string; version: RunVersion }) {
  const { route } = useLocation();
  const isStarting = useSignal(false);
  const failure = useSignal('');
  const again = async () => {
    isStarting.value = true;
    failure.value = '';
    try {
      route(`/runs/${await startRun(openSocket(), flowId, { version })}`);
    } catch (error) {
      failure.value = asApiError(error).message;
    }
    isStarting.value = false;
  };
  return (
    <div class="run-end">
      <p class="muted">{shared.composer.ended}</p>
      {may('run.start') && (
        <Button kind="primary" busy={isStarting.value} onClick={() => void again()}>
          {!isStarting.value && <Icon of={RotateCcw} size={16} />}
          {isStarting.value ? shared.flows.starting : shared.run.again}
        </Button>
      )}
      {failure.value && <Notice>{failure.value}</Notice>}
    </div>
  );
}

/** How a run is, for those who may not read what was said in it. */
function Redacted({ runId }: { runId: string }) {
  const words = shared.rights;
  return (
    <div class="page">
      <PageTitle title={shared.run.untitled} />
      <Fetched label={shared.run.loading} failed={shared.run.failed} fetch={() => readRun(runId)}>
        {({ status, workflowId, startedAt, finishedAt }) => (
          <section class="empty">
            <p class="run-redacted">
              <StatusDot status={status} />
              <strong>{shared.runStatuses[status]}</strong>
              <span class="muted">
                {finishedAt === undefined
                  ? texts.list.startedAgo(ago(startedAt))
                  : texts.list.lastAgo(ago(finishedAt))}
              </span>
            </p>
            <p class="muted">{words.transcript(whoMay('transcript.read'))}</p>
            <a class="button" href={`/runs?workflowId=${workflowId}`}>
              {texts.recovery.runs}
            </a>
          </section>
        )}
      </Fetched>
    </div>
  );
}

/** What is there instead of a run that is not known yet, or never will be. */
function NoRun({ run }: { run: WatchedRun | undefined }) {
  const failure = run?.failure.value;
  if (!failure) {
    return (
      <div class="centered" role="status">
        <span class="spinner" />
        <p class="muted">{shared.run.loading}</p>
      </div>
    );
  }
  if (failure.code === 'forbidden') return <Redacted runId={run.runId} />;
  const isNothing = failure.code === 'not_found' || failure.code === 'invalid';
  return (
    <MessagePage
      title={isNothing ? shared.notFound.title : shared.run.failed}
      text={isNothing ? shared.notFound.text : failure.message}
    >
      <a class="button" href="/">
        {shared.notFound.back}
      </a>
    </MessagePage>
  );
}

function Reply({ run }: { run: WatchedRun }) {
  if (may('run.command')) return <Composer run={run} />;
  return <p class="run-end muted">{shared.rights.reply(whoMay('run.command'))}</p>;
}

type RunProps = { run: WatchedRun; state: FollowedRun; onRetried: () => void };

function Run({ run, state, onRetried }: RunProps) {
  const isLogOpen = useSignal(false);
  const question = useSignal<RecoveryQuestion | undefined>(undefined);
  const place = useRunPlace(run.runId);
  const { snapshot, base, progress } = state;
  const version = versionNow(state);
  const flow = useRunFlow(run.runId, version);
  const log = useMemo(() => createRunEvents(run, base.lastSeq), [run, base.lastSeq]);
  const { workflowId: flowId, origin } = snapshot;
  const about = { run, log, flow, flowId, version };
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
        <RelatedRuns snapshot={snapshot} flow={flow} isOver={isOver} />
        <StatusLine status={statusWords(state, flow.labelOf)} />
        <RunViews about={about} place={place} />
        {progress.status === 'paused' && may('run.command') && <RunPause run={run} />}
        {isOver && <RunEnd flowId={flowId} version={version} />}
        {!isOver && place.view === 'chat' && <Reply run={run} />}
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
