import { SearchX } from 'lucide';
import { useLocation } from 'preact-iso';
import { useEffect, useMemo } from 'preact/hooks';
import { listRuns } from '../../api/runs.js';
import { Icon } from '../../ui/icon.js';
import { PageTitle } from '../../ui/page-title.js';
import { createRunList } from './run-list.js';
import { RunItems } from './run-items.js';
import { readRunQuery } from './run-query.js';
import { RunsToolbar } from './runs-toolbar.js';
import { texts } from '../runs-texts.js';
import { useLook } from './use-look.js';
import './runs.css';

/** The signed-in user's runs, at `/runs`. */
export function RunsPage() {
  const { query: params } = useLocation();
  const query = readRunQuery(params);
  const list = useMemo(() => createRunList(listRuns), []);
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
          <RunsToolbar query={query} />
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
