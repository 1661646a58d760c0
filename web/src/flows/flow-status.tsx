import type { FlowSummary } from '@crmflow/contracts';
import { ago } from '../ui/format/when.js';
import { texts } from './flows-texts.js';

/** What of a flow is published. */
export function FlowStatus({ flow }: { flow: FlowSummary }) {
  const { published, hasChanges } = flow;
  return (
    <div class="flow-status small">
      {published ? (
        <span class="tag ok" title={texts.publishedWhen(ago(published.at))}>
          {texts.published(published.version)}
        </span>
      ) : (
        <span class="tag">{texts.draft}</span>
      )}
      {hasChanges && (
        <span class="tag warn" title={texts.changedHint}>
          {texts.changed}
        </span>
      )}
    </div>
  );
}
