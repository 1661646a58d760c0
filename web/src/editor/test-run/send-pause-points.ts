import { isFinal } from '@crmflow/contracts/kinds';
import { effect, type ReadonlySignal } from '@preact/signals';
import { ask, openSocket } from '../../realtime/socket.js';
import type { WatchedRun } from '../../chat/watch-run.js';
import { toast } from '../../ui/toast/toast.js';
import type { PausePoints } from './pause-points.js';

/** Tells a run that is under way what its pause points are, each time that they change. */
export function sendPausePoints(
  run: ReadonlySignal<WatchedRun | undefined>,
  { nodeIds }: PausePoints,
): () => void {
  let known = nodeIds.peek();
  const send = async (runId: string, wanted: ReadonlySet<string>) => {
    const answer = await ask(openSocket(), 'workflow:pause_points', {
      runId,
      nodeIds: [...wanted],
    });
    if (answer && !answer.ok) {
      const [first] = answer.error.errors ?? [];
      toast(first?.message ?? answer.error.message, { kind: 'failed' });
    }
  };
  return effect(() => {
    const wanted = nodeIds.value;
    const isSame = wanted.size === known.size && [...wanted].every((id) => known.has(id));
    known = wanted;
    const watched = run.peek();
    const status = watched?.state.peek()?.progress.status;
    if (isSame || !watched || !status || isFinal(status)) return;
    void send(watched.runId, wanted);
  });
}
