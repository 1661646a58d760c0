import type { ForkOrigin } from '@crmflow/contracts';
import { GitFork } from 'lucide';
import { texts } from '../runs-texts.js';
import { Icon } from '../../ui/icon.js';

/** Of a fork: the run that it parted from, and where. */
export function RunOrigin({
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
