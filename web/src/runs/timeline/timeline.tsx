import { useComputed, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { texts as shared } from '../../texts.js';
import { texts } from '../runs-texts.js';
import { Button } from '../../ui/button.js';
import { Notice } from '../../ui/notice.js';
import type { RunEvents } from '../run/run-events.js';
import type { KnownRunFlow } from '../run/run-flow.js';
import type { WatchedRun } from '../../chat/watch-run.js';
import { entriesOf, isOpen } from './entries-of.js';
import { filterEntries, type TimelineFilter } from './filter-entries.js';
import { RunRow } from './run-row.js';
import { TimelineFilterBar } from './timeline-filter.js';
import { VisitRow } from './visit-row.js';
import './timeline.css';

/** What a timeline takes. */
export type TimelineProps = {
  run: WatchedRun;
  log: RunEvents;
  flow: KnownRunFlow;
  /** The one node that is shown. */
  nodeId: string | undefined;
  onNode: (nodeId: string | undefined) => void;
};

/** What is there besides lines: what is being loaded, is missing, or went wrong. */
function More({ earlier, isEmpty }: { earlier: RunEvents['earlier']; isEmpty: boolean }) {
  if (earlier.failure.value) {
    return (
      <Notice
        action={
          <Button size="small" onClick={() => void earlier.more()}>
            {shared.tryAgain}
          </Button>
        }
      >
        {texts.timeline.failed}. {earlier.failure.value}
      </Notice>
    );
  }
  const hasMore = earlier.from.value > 0;
  return (
    <>
      {isEmpty && !earlier.isLoading.value && (
        <p class="muted timeline-none">
          {hasMore ? texts.timeline.nothingFits : texts.timeline.empty}
        </p>
      )}
      {earlier.isLoading.value && (
        <p class="small muted timeline-none" role="status">
          {texts.timeline.loading}
        </p>
      )}
      {hasMore && !earlier.isLoading.value && (
        <div class="more">
          <Button onClick={() => void earlier.more()}>{texts.timeline.earlier}</Button>
        </div>
      )}
    </>
  );
}

/** What a run did, node visit by node visit, the newest first; older pages come when asked for. */
export function Timeline({ run, log, flow, nodeId, onNode }: TimelineProps) {
  const only = useSignal<TimelineFilter['only']>(undefined);
  const entries = useComputed(() => entriesOf(log.events.value));
  const retrying = useComputed(() => run.state.value?.live.retrying);
  useEffect(() => {
    if (log.earlier.events.peek().length === 0) void log.earlier.more();
  }, [log]);
  const filter = nodeId === undefined ? { only: only.value } : { nodeId };
  const shown = filterEntries(entries.value, filter, flow.typeOf);
  const retryOf = (id: string, visit: number) =>
    retrying.value?.nodeId === id && retrying.value.visit === visit ? retrying.value : undefined;
  return (
    <div class="timeline">
      <TimelineFilterBar
        only={only}
        nodeLabel={nodeId === undefined ? undefined : flow.labelOf(nodeId)}
        onEveryNode={() => onNode(undefined)}
      />
      <div class="timeline-scroll" tabIndex={0} role="region" aria-label={texts.timeline.timeline}>
        <ol>
          {shown.map((entry) =>
            entry.kind === 'run' ? (
              <RunRow key={entry.seq} entry={entry} labelOf={flow.labelOf} />
            ) : (
              <VisitRow
                key={entry.seq}
                entry={entry}
                label={entry.label || flow.labelOf(entry.nodeId)}
                type={entry.type ?? flow.typeOf(entry.nodeId)}
                retrying={isOpen(entry) ? retryOf(entry.nodeId, entry.visit) : undefined}
                onNode={onNode}
              />
            ),
          )}
        </ol>
        <More earlier={log.earlier} isEmpty={shown.length === 0} />
      </div>
    </div>
  );
}
