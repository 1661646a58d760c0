import { SearchX } from 'lucide';
import { useLocation } from 'preact-iso';
import { useEffect, useMemo } from 'preact/hooks';
import { listRuns } from '../../api/runs.js';
import { workspace } from '../../session/workspace.js';
import { Icon } from '../../ui/icon.js';
import { PageTitle } from '../../ui/page-title.js';
import { texts } from '../runs-texts.js';
import { Button } from '../../ui/button.js';
import { PagedItems } from '../../ui/paged-items.js';
import { Skeleton } from '../../ui/skeleton.js';
import { useLook } from '../../ui/use-look.js';
import { createRunList, type RunList } from './run-list.js';
import { readRunQuery } from './run-query.js';
import { RunsToolbar } from './runs-toolbar.js';
import { RunItem } from './run-item.js';
import '../../ui/list.css';
import './runs.css';

/** The runs that were found, and the ways to newer and to older ones. */
function RunItems({ list }: { list: RunList }) {
  const { items, state, fresh } = list;
  return (
    <PagedItems
      list={list}
      words={texts.list}
      skeleton={<Skeleton label={texts.list.loading} count={5} />}
    >
      <div class="runs-fresh" role="status">
        {fresh.value > 0 && (
          <Button size="small" onClick={() => void list.reload()}>
            {texts.list.fresh(fresh.value)}
          </Button>
        )}
      </div>
      <ul class="rows" aria-busy={state.value === 'loading'}>
        {items.value.map((run) => (
          <RunItem key={run.id} run={run} />
        ))}
      </ul>
    </PagedItems>
  );
}

/** The workspace's runs, at `/runs`. */
export function RunsPage() {
  const { query: params } = useLocation();
  const query = readRunQuery(params);
  const workspaceId = workspace.value?.id;
  const list = useMemo(() => createRunList(listRuns), [workspaceId]);
  const asked = JSON.stringify(query);
  useEffect(() => void list.show(query), [list, asked]);
  useLook(list.look);
  const isNone = list.state.value === 'ready' && list.items.value.length === 0;
  const isAll = asked === '{}';
  return (
    <div class="page runs-page">
      <div class="page-head">
        <PageTitle title={texts.list.title} />
      </div>
      {isNone && isAll ? (
        <section class="empty">
          <h2>{texts.list.empty.title}</h2>
          <p class="muted">{texts.list.empty.text}</p>
          <a class="button primary" href="/">
            {texts.list.empty.flows}
          </a>
        </section>
      ) : (
        <>
          <RunsToolbar key={workspaceId} query={query} />
          {isNone ? (
            <section class="empty">
              <Icon of={SearchX} size={24} />
              <h2>{texts.list.none.title}</h2>
              <p class="muted">{texts.list.none.text}</p>
              <a class="button" href="/runs">
                {texts.list.none.all}
              </a>
            </section>
          ) : (
            <RunItems list={list} />
          )}
        </>
      )}
    </div>
  );
}
