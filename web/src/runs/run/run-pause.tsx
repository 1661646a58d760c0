import { useSignal } from '@preact/signals';
import { Play, SkipForward, StepForward } from 'lucide';
import { ask, openSocket } from '../../realtime/socket.js';
import { texts as recovery } from '../runs-texts.js';
import { texts } from '../../texts.js';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { Notice } from '../../ui/notice.js';
import type { WatchedRun } from '../../chat/watch-run.js';

/** Takes a paused run on: into the node, past it, or to the next pause point. */
export function RunPause({ run }: { run: WatchedRun }) {
  const isAsking = useSignal(false);
  const failure = useSignal('');
  const { runId } = run;
  const send = async (sending: () => Promise<string | undefined>) => {
    isAsking.value = true;
    failure.value = (await sending()) ?? '';
    isAsking.value = false;
  };
  const command = async (name: 'node:execute' | 'workflow:advance') => {
    const at = run.state.peek()?.progress.active;
    if (!at) return undefined;
    const { nodeId, visit } = at;
    const answer = await (name === 'node:execute'
      ? ask(openSocket(), name, { runId, nodeId, visit })
      : ask(openSocket(), name, { runId, fromNodeId: nodeId, visit }));
    if (!answer) return texts.failures.unreachable;
    return answer.ok ? undefined : answer.error.message;
  };
  return (
    <div class="run-pause" role="toolbar" aria-label={recovery.recovery.steps}>
      <Button disabled={isAsking.value} onClick={() => void send(() => command('node:execute'))}>
        <Icon of={StepForward} size={16} />
        {recovery.recovery.step}
      </Button>
      <Button
        disabled={isAsking.value}
        onClick={() => void send(() => command('workflow:advance'))}
      >
        <Icon of={SkipForward} size={16} />
        {recovery.recovery.skip}
      </Button>
      <Button kind="primary" disabled={isAsking.value} onClick={() => void send(() => run.goOn())}>
        <Icon of={Play} size={16} />
        {texts.run.goOn}
      </Button>
      {failure.value && <Notice>{failure.value}</Notice>}
    </div>
  );
}
