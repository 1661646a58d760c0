import type { FlowSummary } from '@crmflow/contracts';
import { StatusDot } from '../ui/status-dot.js';
import { ago } from '../ui/format/when.js';
import { texts } from './flows-texts.js';
import { texts as appTexts } from '../texts.js';

/** How the last run of a flow went, with the way to it. */
export function LastRun({ flow: { lastRun } }: { flow: FlowSummary }) {
  if (!lastRun) return <span class="flow-run small muted">{texts.neverRun}</span>;
  const { runId, status, startedAt } = lastRun;
  return (
    <a class="flow-run small" href={`/runs/${runId}`}>
      <StatusDot status={status} />
      {appTexts.runStatuses[status]} <time dateTime={startedAt}>{ago(startedAt)}</time>
    </a>
  );
}
