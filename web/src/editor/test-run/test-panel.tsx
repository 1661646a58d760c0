import { CirclePause, Footprints, Play } from 'lucide';
import { useSignalEffect } from '@preact/signals';
import { useCallback, useRef } from 'preact/hooks';
import type { Editor } from '../editor.js';
import { cardIdOf } from '../model/asks.js';
import { texts } from '../editor-texts.js';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import type { NodeOf } from '../issues/node-faults.js';
import { Running } from './running.js';
import type { TestSession } from './test-session.js';
import { NewestRuns } from './newest-runs.js';
import { SessionFailure } from './session-failure.js';
import '../canvas/run-marks.css';
import './test-panel.css';

/** No run is shown: one can be started, or an earlier one looked at. */
function Idle({
  session,
  flowId,
  nodeOf,
}: {
  session: TestSession;
  flowId: string;
  nodeOf: NodeOf;
}) {
  const pauses = session.pausePoints.nodeIds.value.size;
  const isBusy = session.isStarting.value;
  return (
    <div class="test-idle">
      <p class="muted">{texts.test.explain}</p>
      <Button kind="primary" busy={isBusy} onClick={() => void session.start('auto')}>
        <Icon of={Play} size={16} />
        {texts.test.start}
      </Button>
      <Button disabled={isBusy} onClick={() => void session.start('step')}>
        <Icon of={Footprints} size={16} />
        {texts.test.stepThrough}
      </Button>
      {pauses > 0 && (
        <p class="small muted test-pauses">
          <Icon of={CirclePause} size={16} />
          {texts.test.pausesAt(pauses)}
        </p>
      )}
      <SessionFailure session={session} nodeOf={nodeOf} />
      <NewestRuns flowId={flowId} onShow={session.attach} />
    </div>
  );
}

type Props = {
  flow: { id: string; session: TestSession; editor: Editor };
  /** Makes a test of a run. */
  onMakeTest: (runId: string) => Promise<void>;
  /** Selects a node on the canvas. */
  onShow: (nodeId: string) => void;
};

/** A test run of the draft, beside the canvas that shows where it is. */
export function TestPanel({ flow: { id, session, editor }, onMakeTest, onShow }: Props) {
  const { value: run } = session.run;
  const nodeOf = (nodeId: string) => editor.document.node(nodeId);
  const panel = useRef<HTMLElement>(null);
  const isChosen = useCallback(
    (nodeId: string) => editor.selection.current.value.nodes.has(cardIdOf(editor.document, nodeId)),
    [editor],
  );
  useSignalEffect(() => {
    if (editor.selection.current.value.nodes.size === 0) return undefined;
    const frame = requestAnimationFrame(() =>
      panel.current?.querySelector('.message.marked')?.scrollIntoView({ block: 'nearest' }),
    );
    return () => cancelAnimationFrame(frame);
  });
  return (
    <aside ref={panel} class="test-panel" aria-label={texts.test.title}>
      {run ? (
        <Running
          key={session.attached.value}
          run={run}
          session={session}
          nodeOf={nodeOf}
          onMakeTest={onMakeTest}
          onShow={onShow}
          isChosen={isChosen}
        />
      ) : (
        <Idle session={session} flowId={id} nodeOf={nodeOf} />
      )}
    </aside>
  );
}
