import { GitFork } from 'lucide';
import { durationWords } from '../../ui/format/duration-words.js';
import { Icon } from '../../ui/icon.js';
import { StatusDot } from '../../ui/status-dot.js';
import { ago, whenever } from '../../ui/format/when.js';
import type { ListedRun } from './run-list.js';
import { texts } from '../runs-texts.js';
import { texts as appTexts } from '../../texts.js';
import { errorText } from '../../texts/error-text.js';

/** One run in the list, with the way to it. */
export function RunItem({ run }: { run: ListedRun }) {
  const words = texts.list;
  const { startedAt, finishedAt, lastEventAt, error } = run;
  const took =
    finishedAt === undefined ? undefined : Date.parse(finishedAt) - Date.parse(startedAt);
  const where = run.currentLabel ?? run.currentNode;
  return (
    <li class="row run-row">
      <p class="run-row-status">
        <StatusDot status={run.status} />
        {appTexts.runStatuses[run.status]}
      </p>
      <div class="run-row-name">
        <a class="row-link run-link" href={`/runs/${run.runId}`}>
          {run.workflowName}
        </a>
        <span class="tag small">
          {run.version === 'draft' ? words.draft : words.number(run.version)}
        </span>
        {run.origin && (
          <span class="tag small">
            <Icon of={GitFork} size={12} />
            {words.fork}
          </span>
        )}
      </div>
      <p class="run-row-where small muted" title={error && errorText(error)}>
        {run.status === 'failed' && error ? errorText(error) : where}
      </p>
      <p class="run-row-times small muted">
        <time dateTime={startedAt} title={whenever(startedAt)}>
          {words.startedAgo(ago(startedAt))}
        </time>
        {took === undefined ? (
          <time dateTime={lastEventAt} title={whenever(lastEventAt)}>
            {words.lastAgo(ago(lastEventAt))}
          </time>
        ) : (
          <span>{words.tookTime(durationWords(took))}</span>
        )}
      </p>
    </li>
  );
}
