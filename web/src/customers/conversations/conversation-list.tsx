import type { Conversation } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { MessagesSquare, SearchX } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useLocation } from 'preact-iso';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { listConversations } from '../../api/conversations.js';
import { listDeployments } from '../../api/deployments.js';
import { listFlows } from '../../api/flows.js';
import { createPagedList } from '../../api/paged-list.js';
import { may, workspace } from '../../session/workspace.js';
import { FilterSelect } from '../../ui/field/filter-select.js';
import { SearchInput } from '../../ui/field/search-input.js';
import { Icon } from '../../ui/icon.js';
import { PagedItems } from '../../ui/paged-items.js';
import { Skeleton } from '../../ui/skeleton.js';
import { FilterLinks } from '../../ui/tabs/filter-links.js';
import { useLook } from '../../ui/use-look.js';
import { texts } from '../customers-texts.js';
import { useFetched } from '../use-fetched.js';
import { BulkBar, mayDoMany } from './bulk-bar.js';
import {
  addressOf,
  type ConversationQuery,
  paramsOf,
  readConversationQuery,
  shownViews,
} from './conversation-query.js';
import { ConversationRow } from './conversation-row.js';
import { SavedViews } from './saved-views.js';
import { nothingSelected, press } from './selection.js';
import '../../ui/list.css';
import './conversations.css';

/** Which conversations are shown. */
function Toolbar({ query, flowId }: { query: ConversationQuery; flowId: string | undefined }) {
  const { route } = useLocation();
  const words = texts.conversations;
  const ofFlow = query.workflowId;
  const flows = useFetched(flowId ?? workspace.value?.id ?? '', async () =>
    flowId === undefined ? (await listFlows({ sort: 'name' }, null)).items : [],
  );
  const pages = useFetched(ofFlow, async () =>
    ofFlow === '' ? [] : (await listDeployments(ofFlow, null)).items,
  );
  const go = (change: Partial<ConversationQuery>, isReplaced = false) =>
    route(addressOf({ ...query, ...change }, flowId), isReplaced);
  return (
    <div class="list-tools talk-toolbar">
      {may('transcript.read') && (
        <SearchInput
          label={words.search}
          hint={words.searchHint}
          value={query.q}
          onSearch={(q) => go({ q }, true)}
        />
      )}
      {flowId === undefined && (
        <FilterSelect
          label={words.flow}
          all={words.allFlows}
          options={flows ?? []}
          value={query.workflowId}
          onChange={(workflowId) => go({ workflowId, deploymentId: '' })}
        />
      )}
      {pages && pages.length > 1 && (
        <FilterSelect
          label={words.page}
          all={words.allPages}
          options={pages}
          value={query.deploymentId}
          onChange={(deploymentId) => go({ deploymentId })}
        />
      )}
      {flowId === undefined && <SavedViews query={query} />}
      <FilterLinks
        label={words.view}
        links={shownViews.map((view) => ({
          href: addressOf({ ...query, view }, flowId),
          label: words.views[view],
          isCurrent: view === query.view,
        }))}
      />
    </div>
  );
}

/**
 * The conversations that were asked for, kept current while somebody looks.
 * @param flowId of the flow whose page it is
 */
export function ConversationList({ flowId, empty }: { flowId?: string; empty: ComponentChildren }) {
  const words = texts.conversations;
  const { query: params } = useLocation();
  const asked = readConversationQuery(params);
  const query = flowId === undefined ? asked : { ...asked, workflowId: flowId };
  const workspaceId = workspace.value?.id;
  const list = useMemo(() => createPagedList<Conversation>(listConversations), [workspaceId]);
  const selection = useSignal(nothingSelected);
  const rows = useRef<HTMLUListElement>(null);
  const sent = paramsOf(query);
  useEffect(() => {
    selection.value = nothingSelected;
    void list.show(sent);
  }, [list, JSON.stringify(sent)]);
  useLook(list.refresh);
  const selecting = (id: string) => ({
    isSelected: selection.value.ids.has(id),
    press: (isRange: boolean) => {
      const order = list.items.value.map((one) => one.id);
      selection.value = press(selection.value, id, { order, isRange });
    },
  });
  const isNone = list.state.value === 'ready' && list.items.value.length === 0;
  const { workflowId, ...filters } = sent;
  const isAll =
    Object.keys(filters).length === 0 && (flowId !== undefined || workflowId === undefined);
  if (isNone && isAll) {
    return (
      <section class="empty">
        <Icon of={MessagesSquare} size={24} />
        <h2>{words.empty.title}</h2>
        {empty}
      </section>
    );
  }
  return (
    <>
      <Toolbar key={workspaceId} query={query} flowId={flowId} />
      {isNone ? (
        <section class="empty">
          <Icon of={SearchX} size={24} />
          <h2>{words.none.title}</h2>
          <p class="muted">{words.none.text}</p>
          <a
            class="button"
            href={flowId === undefined ? '/conversations' : `/flows/${flowId}/conversations`}
          >
            {words.none.all}
          </a>
        </section>
      ) : (
        <PagedItems
          list={list}
          words={words}
          skeleton={<Skeleton label={words.loading} count={5} />}
        >
          <ul
            ref={rows}
            class={`rows ${mayDoMany() ? 'selectable' : ''}`}
            tabIndex={-1}
            aria-busy={list.state.value === 'loading'}
            onKeyDown={({ key }) => {
              if (key === 'Escape') selection.value = nothingSelected;
            }}
          >
            {list.items.value.map((conversation) => (
              <ConversationRow
                key={conversation.id}
                conversation={conversation}
                of={flowId === undefined ? undefined : 'flow'}
                selecting={mayDoMany() ? selecting(conversation.id) : undefined}
              />
            ))}
          </ul>
        </PagedItems>
      )}
      <BulkBar
        conversations={list.items.value}
        selection={selection}
        onDone={() => void list.reload()}
        onLeave={() => rows.current?.focus()}
      />
    </>
  );
}
