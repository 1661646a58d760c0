import type { VersionSummary } from '@crmflow/contracts';
import { ago } from '../../ui/format/when.js';
import { texts } from '../runs-texts.js';

type Props = {
  workflowId: string;
  versions: readonly VersionSummary[];
  /** The number of the one that is shown. */
  current: number | undefined;
};

/** The versions of a flow, each with the way to its picture. */
export function VersionList({ workflowId, versions, current }: Props) {
  const words = texts.versions;
  const newest = versions[0]?.number;
  return (
    <ol class="version-list">
      {versions.map(({ number, createdAt, nodeCount, runs }) => (
        <li key={number}>
          <a
            href={`/flows/${workflowId}/versions?version=${number}`}
            aria-current={number === current ? 'true' : undefined}
          >
            <strong>
              {words.number(number)}
              {number === newest && <span class="badge small">{words.newest}</span>}
            </strong>
            <time class="small muted" dateTime={createdAt}>
              {words.published(ago(createdAt))}
            </time>
            <span class="small muted">
              {words.nodes(nodeCount)} · {words.runs(runs)}
            </span>
          </a>
        </li>
      ))}
    </ol>
  );
}
