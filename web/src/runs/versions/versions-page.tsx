import type { VersionSummary, FlowResource } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { useLocation } from 'preact-iso';
import { createPagedList } from '../../api/paged-list.js';
import { listVersions, readVersion } from '../../api/versions.js';
import { loadFlow } from '../../api/flows.js';
import { FlowFrame } from '../../flow-frame/flow-frame.js';
import { texts as shared } from '../../texts.js';
import { Button } from '../../ui/button.js';
import { Fetched } from '../../ui/fetched.js';
import { PageTitle } from '../../ui/page-title.js';
import { texts } from '../runs-texts.js';
import { ago } from '../../ui/format/when.js';
import { VersionView } from './version-view.js';
import './versions.css';

type Props = {
  flowId: string;
  versions: readonly VersionSummary[];
  /** The number of the one that is shown. */
  current: number | undefined;
};

/** The versions of a flow, each with the way to its picture. */
function VersionList({ flowId, versions, current }: Props) {
  const words = texts.versions;
  const newest = versions[0]?.number;
  return (
    <ol class="version-list">
      {versions.map(({ number, createdAt, nodeCount, runs }) => (
        <li key={number}>
          <a
            href={`/flows/${flowId}/versions?version=${number}`}
            aria-current={number === current ? 'true' : undefined}
          >
            <strong>
              {words.number(number)}
              {number === newest && <span class="tag live small">{words.newest}</span>}
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

/** The versions as far as they are loaded, and the draft to hold them against. */
async function load(id: string) {
  const list = createPagedList<VersionSummary>((_, cursor) => listVersions(id, cursor));
  const [draft] = await Promise.all([loadFlow(id), list.show({})]);
  const failure = list.failure.peek();
  if (failure) throw failure;
  return { list, draft };
}

type Loaded = Awaited<ReturnType<typeof load>>;

function Versions({ list, draft: loaded, onDraft }: Loaded & { onDraft: () => void }) {
  const words = texts.versions;
  const draft = useSignal<FlowResource>(loaded);
  const { query } = useLocation();
  const { id } = draft.value;
  const versions = list.items.value;
  const asked = Number(query['version']);
  const current = asked > 0 ? asked : versions[0]?.number;
  return (
    <>
      {current === undefined ? (
        <section class="empty">
          <h2>{words.empty.title}</h2>
          <p class="muted">{words.empty.text}</p>
          <a class="button primary" href={`/flows/${id}`}>
            {words.back}
          </a>
        </section>
      ) : (
        <div class="versions">
          <nav aria-label={words.title}>
            <VersionList flowId={id} versions={versions} current={current} />
            {list.nextCursor.value !== null && (
              <Button
                size="small"
                busy={list.state.value === 'loading'}
                onClick={() => void list.more()}
              >
                {words.more}
              </Button>
            )}
          </nav>
          <Fetched
            key={current}
            label={words.loading}
            failed={words.failed}
            height={480}
            fetch={() => readVersion(id, current)}
          >
            {(version) => (
              <VersionView
                draft={draft.value}
                version={version}
                onDraft={(next) => {
                  draft.value = next;
                  onDraft();
                }}
              />
            )}
          </Fetched>
        </div>
      )}
    </>
  );
}

/** What of a flow was published, at `/flows/:id/versions`. */
export function VersionsPage() {
  const title = texts.versions.title;
  return (
    <FlowFrame section="versions">
      {({ id, name }, reload) => (
        <div class="page versions-page">
          <div class="page-head">
            <PageTitle title={shared.frame.titleOf(title, name)}>{title}</PageTitle>
          </div>
          <Fetched
            label={texts.versions.loading}
            failed={texts.versions.failed}
            fetch={() => load(id)}
          >
            {(loaded) => <Versions {...loaded} onDraft={() => void reload()} />}
          </Fetched>
        </div>
      )}
    </FlowFrame>
  );
}
