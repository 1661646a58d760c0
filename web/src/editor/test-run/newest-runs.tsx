import type { RunSummary } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { texts as appTexts } from '../../texts.js';
import { ago } from '../../ui/format/when.js';
import { texts } from '../editor-texts.js';
import { newestRuns } from './test-runs.js';

/** Runs of the flow, each to be shown on the canvas. */
export function NewestRuns({
  flowId,
  onShow,
}: {
  flowId: string;
  onShow: (runId: string) => void;
}) {
  const runs = useSignal<readonly RunSummary[] | undefined>(undefined);
  useEffect(() => {
    newestRuns(flowId).then(
      (found) => (runs.value = found),
      // The button that starts one is what this panel is for; the list is by the way.
      () => (runs.value = []),
    );
  }, [flowId, runs]);
  const { value } = runs;
  if (!value) return null;
  if (value.length === 0) return <p class="small muted">{texts.test.noRuns}</p>;
  return (
    <section>
      <h2 class="small">{texts.test.recent}</h2>
      <ul class="newest-runs">
        {value.map(({ runId, status, version, startedAt }) => (
          <li key={runId}>
            <button type="button" onClick={() => onShow(runId)}>
              <span class="visually-hidden">{texts.test.show(ago(startedAt))}: </span>
              <span class={`run-dot ${status}`} />
              <span>{appTexts.runStatuses[status]}</span>
              <span class="muted">
                {version === 'draft' ? texts.test.draft : texts.test.version(version)}
              </span>
              <time class="muted" dateTime={startedAt}>
                {ago(startedAt)}
              </time>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
