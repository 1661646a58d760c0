import { isFinal } from '@crmflow/contracts/kinds';
import { Braces, CircleStop, FlaskConical, RotateCcw, ScrollText, Undo2, X } from 'lucide';
import { useComputed, useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { Composer } from '../../chat/composer.js';
import { EventLog } from '../../chat/event-log.js';
import { StatusLine } from '../../chat/status-line.js';
import { statusWords } from '../../chat/status-line.js';
import { type MessageViews, Transcript } from '../../chat/transcript.js';
import type { WatchedRun } from '../../chat/watch-run.js';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { Notice } from '../../ui/notice.js';
import { texts } from '../editor-texts.js';
import type { NodeOf } from '../issues/node-faults.js';
import { MessageActions } from './message-actions.js';
import { SessionFailure } from './session-failure.js';
import { SkipWait } from './skip-wait.js';
import { StepBar } from './step-bar.js';
import type { TestSession } from './test-session.js';
import { Variables } from './variables.js';

type Props = {
  run: WatchedRun;
  session: TestSession;
  nodeOf: NodeOf;
  /** Makes a test of the run. */
  onMakeTest: (runId: string) => Promise<void>;
  /** Selects a node on the canvas. */
  onShow: (nodeId: string) => void;
  /** Whether a node's card is selected; followed. */
  isChosen: (nodeId: string) => boolean;
};

/** What can be done with the run: to end it, or to begin again. */
function Commands({ run, session, onMakeTest }: Pick<Props, 'run' | 'session' | 'onMakeTest'>) {
  const isMaking = useSignal(false);
  const cancelFailure = useSignal('');
  const status = useComputed(() => run.state.value?.progress.status ?? 'running');
  const isBusy = session.isStarting.value;
  const mode = session.mode.value ?? run.state.value?.snapshot.mode ?? 'auto';
  return (
    <>
      {status.value === 'failed' && (
        <Button size="small" kind="primary" busy={isBusy} onClick={() => void session.retry()}>
          <Icon of={Undo2} size={16} />
          {texts.test.retry}
        </Button>
      )}
      {isFinal(status.value) ? (
        <Button size="small" busy={isBusy} onClick={() => void session.start(mode)}>
          <Icon of={RotateCcw} size={16} />
          {texts.test.again}
        </Button>
      ) : (
        <Button
          size="small"
          onClick={() => void run.cancel().then((words) => (cancelFailure.value = words ?? ''))}
        >
          <Icon of={CircleStop} size={16} />
          {texts.test.stop}
        </Button>
      )}
      <Button
        size="small"
        busy={isMaking.value}
        onClick={() => {
          isMaking.value = true;
          void onMakeTest(run.runId).finally(() => (isMaking.value = false));
        }}
      >
        {!isMaking.value && <Icon of={FlaskConical} size={16} />}
        {texts.tests.madeOfRun}
      </Button>
      <Button kind="quiet" size="small" aria-label={texts.test.leave} onClick={session.leave}>
        <Icon of={X} size={16} />
      </Button>
      {cancelFailure.value && <Notice>{cancelFailure.value}</Notice>}
    </>
  );
}

/** A run beside the canvas: its chat, its variables, its log. */
export function Running({ run, session, nodeOf, onMakeTest, onShow, isChosen }: Props) {
  const labelOf = (nodeId: string) => nodeOf(nodeId)?.label || nodeId;
  const isShowingVariables = useSignal(false);
  const isShowingLog = useSignal(false);
  const views = useMemo(
    (): MessageViews => ({
      actions: (message) => <MessageActions message={message} session={session} onShow={onShow} />,
      isMarked: ({ nodeId }) => nodeId !== undefined && isChosen(nodeId),
    }),
    [session, onShow, isChosen],
  );
  const hasEnded = useComputed(() => isFinal(run.state.value?.progress.status ?? 'running'));
  const { value: state } = run.state;
  const { value: failure } = run.failure;
  if (failure) {
    return (
      <div class="test-idle">
        <Notice>{failure.message}</Notice>
        <Button onClick={session.leave}>{texts.test.leave}</Button>
      </div>
    );
  }
  return (
    <>
      <div class="test-head">
        {state && <StatusLine status={statusWords(state, labelOf)} />}
        <Button
          size="small"
          kind="quiet"
          aria-label={texts.test.variables}
          title={texts.test.variables}
          aria-pressed={isShowingVariables.value}
          onClick={() => (isShowingVariables.value = !isShowingVariables.value)}
        >
          <Icon of={Braces} size={16} />
        </Button>
        <Button
          size="small"
          kind="quiet"
          aria-label={texts.test.log}
          title={texts.test.log}
          aria-pressed={isShowingLog.value}
          onClick={() => (isShowingLog.value = !isShowingLog.value)}
        >
          <Icon of={ScrollText} size={16} />
        </Button>
        <Commands run={run} session={session} onMakeTest={onMakeTest} />
      </div>
      <SessionFailure session={session} nodeOf={nodeOf} />
      {isShowingVariables.value && state && <Variables state={state} />}
      {isShowingLog.value ? (
        <EventLog run={run} labelOf={labelOf} onClose={() => (isShowingLog.value = false)} />
      ) : (
        <Transcript run={run} views={views} />
      )}
      <StepBar run={run} />
      <SkipWait run={run} session={session} nodeOf={nodeOf} />
      {!hasEnded.value && <Composer run={run} />}
    </>
  );
}
