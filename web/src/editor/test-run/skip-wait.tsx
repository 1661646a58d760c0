import { kindOf } from '@crmflow/contracts/nodes';
import { SkipForward } from 'lucide';
import type { WatchedRun } from '../../chat/watch-run.js';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { texts } from '../editor-texts.js';
import type { NodeOf } from '../issues/node-faults.js';
import type { TestSession } from './test-session.js';

/** At a node that waits for a time: goes on without. Who tests a flow has no days for it. */
export function SkipWait({
  run,
  session,
  nodeOf,
}: {
  run: WatchedRun;
  session: TestSession;
  nodeOf: NodeOf;
}) {
  const { status, active } = run.state.value?.progress ?? {};
  const node = active && nodeOf(active.nodeId);
  const isAsleep =
    (status === 'running' || status === 'waiting') && node && kindOf(node) === 'wait';
  if (!active || !isAsleep) return null;
  const { nodeId, visit } = active;
  return (
    <div class="step-bar">
      <Button
        size="small"
        busy={session.isStarting.value}
        onClick={() => void session.skipWait(nodeId, visit)}
      >
        <Icon of={SkipForward} size={16} />
        {texts.test.skipWait}
      </Button>
    </div>
  );
}
