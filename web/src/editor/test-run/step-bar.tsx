import { useSignal } from '@preact/signals';
import { Play, SkipForward, StepForward } from 'lucide';
import { ask, openSocket } from '../../realtime/socket.js';
import type { WatchedRun } from '../../chat/watch-run.js';
import { texts as appTexts } from '../../texts.js';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { Notice } from '../../ui/notice.js';
import { texts } from '../editor-texts.js';

/** Of the newest pause: what the run is paused before. */
function pauseOf(run: WatchedRun): { nodeId: string; visit: number } | undefined {
  const { value: state } = run.state;
  if (state?.progress.status !== 'paused') return undefined;
  const last = state.log.findLast(({ type }) => type === 'paused');
  if (last?.nodeId !== undefined) return { nodeId: last.nodeId, visit: last.visit ?? 1 };
  const [node] = state.snapshot.currentNodes;
  return node && { nodeId: node.nodeId, visit: node.visit };
}

/** Takes a paused run on: into the node, past it, or to the next pause point. */
export function StepBar({ run }: { run: WatchedRun }) {
  const failure = useSignal('');
  const pause = pauseOf(run);
  if (!pause) return null;
  const { nodeId, visit } = pause;
  const { runId } = run;
  const showAnswer = (answer: Awaited<ReturnType<typeof ask>>) => {
    failure.value = !answer ? appTexts.failures.unreachable : answer.ok ? '' : answer.error.message;
  };
  const socket = openSocket();
  return (
    <div class="step-bar" role="toolbar" aria-label={texts.test.steps}>
      <Button
        size="small"
        kind="primary"
        onClick={() => void ask(socket, 'node:execute', { runId, nodeId, visit }).then(showAnswer)}
      >
        <Icon of={StepForward} size={16} />
        {texts.test.step}
      </Button>
      <Button
        size="small"
        onClick={() =>
          void ask(socket, 'workflow:advance', { runId, fromNodeId: nodeId, visit }).then(
            showAnswer,
          )
        }
      >
        <Icon of={SkipForward} size={16} />
        {texts.test.skip}
      </Button>
      <Button
        size="small"
        onClick={() => void ask(socket, 'workflow:continue', { runId }).then(showAnswer)}
      >
        <Icon of={Play} size={16} />
        {texts.test.goOn}
      </Button>
      {failure.value && <Notice>{failure.value}</Notice>}
    </div>
  );
}
