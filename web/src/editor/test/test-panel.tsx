import { CircleStop, Footprints, Play, RotateCcw, X } from 'lucide';
import { useComputed, useSignal } from '@preact/signals';
import { Composer } from '../../run/composer.js';
import { StatusLine } from '../../run/status-line.js';
import { statusWords } from '../../run/status-words.js';
import { hasEnded } from '../../run/story.js';
import { Transcript } from '../../run/transcript.js';
import type { WatchedRun } from '../../run/watch-run.js';
import { Button } from '../../ui/button.js';
import { Faults } from '../../ui/faults.js';
import { Icon } from '../../ui/icon.js';
import { Notice } from '../../ui/notice.js';
import type { DocumentReader } from '../model/store.js';
import { texts } from '../editor-texts.js';
import type { TestSession } from './test-session.js';
import { StepBar } from './step-bar.js';
import { Variables } from './variables.js';
import './test-panel.css';

function Idle({ session }: { session: TestSession }) {
  const { value: failure } = session.failure;
  return (
    <div class="test-idle">
      <p class="muted">{texts.test.explain}</p>
      <Button
        kind="primary"
        busy={session.isStarting.value}
        onClick={() => void session.start('auto')}
      >
        <Icon of={Play} size={16} />
        {texts.test.start}
      </Button>
      <Button busy={session.isStarting.value} onClick={() => void session.start('step')}>
        <Icon of={Footprints} size={16} />
        {texts.test.stepThrough}
      </Button>
      {failure && (
        <Notice>
          {failure.code === 'flow_invalid' ? texts.test.cannotRun : failure.message}
          <Faults errors={failure.errors} />
        </Notice>
      )}
    </div>
  );
}

function Running({
  run,
  session,
  document,
}: {
  run: WatchedRun;
  session: TestSession;
  document: DocumentReader;
}) {
  const isShowingVariables = useSignal(false);
  const cancelFailure = useSignal('');
  const isOver = useComputed(() => hasEnded(run.state.value?.story.status ?? 'running'));
  const { value: state } = run.state;
  const { value: failure } = run.failure;
  const labelOf = (id: string) => document.node(id)?.label || id;
  if (failure) return <Notice>{failure.message}</Notice>;
  return (
    <>
      <div class="test-head">
        {state && <StatusLine status={statusWords(state, labelOf)} />}
        <Button
          size="small"
          aria-pressed={isShowingVariables.value}
          onClick={() => (isShowingVariables.value = !isShowingVariables.value)}
        >
          {texts.test.variables}
        </Button>
        {isOver.value ? (
          <Button
            size="small"
            busy={session.isStarting.value}
            onClick={() => void session.start(state?.snapshot.mode ?? 'auto')}
          >
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
        <Button kind="quiet" size="small" aria-label={texts.test.leave} onClick={session.leave}>
          <Icon of={X} size={16} />
        </Button>
      </div>
      {cancelFailure.value && <Notice>{cancelFailure.value}</Notice>}
      {isShowingVariables.value && state && <Variables state={state} />}
      <Transcript run={run} />
      <StepBar run={run} />
      {!isOver.value && <Composer run={run} />}
    </>
  );
}

/** The flow as it is drawn, talking: beside the canvas, which shows where it is. */
export function TestPanel({
  session,
  document,
}: {
  session: TestSession;
  document: DocumentReader;
}) {
  const { value: run } = session.run;
  return (
    <aside class="test-panel" aria-label={texts.test.title}>
      {run ? (
        <Running key={run.runId} run={run} session={session} document={document} />
      ) : (
        <Idle session={session} />
      )}
    </aside>
  );
}
