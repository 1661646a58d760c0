import { useSignal } from '@preact/signals';
import { FileUp, Plus, Sparkles, LayoutTemplate, SearchX } from 'lucide';
import { useLocation } from 'preact-iso';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { FlowInput } from '@crmflow/contracts';
import type { ComponentChildren } from 'preact';
import { asApiError } from '../api/as-api-error.js';
import { may, whoMay, workspace } from '../session/workspace.js';
import { createFlow, listFlows } from '../api/flows.js';
import { texts as shared } from '../texts.js';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { Notice } from '../ui/notice.js';
import { PageTitle } from '../ui/page-title.js';
import { PagedItems } from '../ui/paged-items.js';
import { Skeleton } from '../ui/skeleton.js';
import { deletions } from './delete-flows.js';
import { exampleFlow } from './example-flow.js';
import { createFlowActions, type FlowActions } from './flow-actions.js';
import { createFlowList, type FlowList } from './flow-list.js';
import { paramsOf, readFlowQuery } from './flow-query.js';
import { FlowToolbar } from './flow-toolbar.js';
import { ImportDialog } from './import-dialog.js';
import { FlowItem } from './flow-item.js';
import { texts } from './flows-texts.js';
import { onArrow } from './row-focus.js';
import '../ui/list.css';
import './flows.css';
import { texts as flowsTexts } from './flows-texts.js';

/** In place of the list when there is no flow at all. @param children the ways to a first one */
function NoFlows({ children }: { children: ComponentChildren }) {
  return (
    <section class="empty">
      <h2>{shared.flows.empty}</h2>
      <p class="muted">{shared.flows.emptyText}</p>
      <div class="actions">
        {children}
        <a class="button" href="/templates">
          <Icon of={LayoutTemplate} />
          {texts.templates}
        </a>
      </div>
    </section>
  );
}

/** The same for those who cannot make one. */
function NoFlowsToSee() {
  return (
    <section class="empty">
      <h2>{shared.rights.noFlows}</h2>
      <p class="muted">{shared.rights.noFlowsText(whoMay('flow.change'))}</p>
    </section>
  );
}

/** In place of the list when nothing fits what was asked for. */
function NoneFits() {
  return (
    <section class="empty">
      <Icon of={SearchX} size={24} />
      <h2>{texts.none}</h2>
      <p class="muted">{texts.noneText}</p>
      <a class="button" href="/">
        {texts.showAll}
      </a>
    </section>
  );
}

/** The flows that were found, and the way to more of them. */
function FlowItems({ list, actions }: { list: FlowList; actions: FlowActions }) {
  const { loading, failed, more } = shared.flows;
  const { found, foundAtLeast } = texts;
  return (
    <PagedItems
      list={list}
      words={{ failed, more, found, foundAtLeast }}
      skeleton={<Skeleton label={loading} count={4} />}
    >
      <ul class="rows flows" aria-busy={list.state.value === 'loading'} onKeyDown={onArrow}>
        {list.items.value.map((flow) => (
          <FlowItem key={flow.id} flow={flow} actions={actions} />
        ))}
      </ul>
    </PagedItems>
  );
}

/** Does something when somebody comes back to the page from another tab or program. */
function useReturn(onReturn: () => void): void {
  const latest = useRef(onReturn);
  latest.current = onReturn;
  useEffect(() => {
    const onChange = () => {
      if (document.visibilityState === 'visible') latest.current();
    };
    document.addEventListener('visibilitychange', onChange);
    return () => document.removeEventListener('visibilitychange', onChange);
  }, []);
}

/** A flow to begin with: where the conversation starts, and nothing said yet. */
function newFlow(): FlowInput {
  return {
    schemaVersion: 1,
    name: shared.flows.untitled,
    nodes: [
      {
        id: 'start',
        type: 'trigger',
        label: shared.flows.chatOpens,
        position: { x: 0, y: 0 },
        data: { kind: 'chat' },
      },
    ],
    edges: [],
  };
}

/** The workspace's flows, at `/`. */
export function FlowListPage() {
  const { route, query: params } = useLocation();
  const query = readFlowQuery(params);
  const workspaceId = workspace.value?.id;
  const list = useMemo(() => createFlowList(listFlows, deletions.hidden), [workspaceId]);
  const actions = useMemo(() => createFlowActions(list, route), [list, route]);
  const isImporting = useSignal(false);
  const isCreating = useSignal(false);
  const failure = useSignal('');
  const asked = paramsOf(query);
  useEffect(() => void list.show(asked), [list, JSON.stringify(asked)]);
  useReturn(() => void list.reload());

  const create = async (flow: object, then: (id: string) => unknown) => {
    isCreating.value = true;
    failure.value = '';
    try {
      await then((await createFlow(flow)).id);
    } catch (error) {
      failure.value = asApiError(error).message;
    }
    isCreating.value = false;
  };
  const isEverything = query.q === '' && query.show === 'all';
  const isNone = list.state.value === 'ready' && list.items.value.length === 0;
  const isEmpty = isNone && isEverything;
  const mayCreate = may('flow.change');
  const isPersonal = workspace.value?.isPersonal ?? true;
  const importing = (
    <Button onClick={() => (isImporting.value = true)}>
      <Icon of={FileUp} />
      {shared.flows.import}
    </Button>
  );
  const empty = (
    <Button
      kind="primary"
      disabled={isCreating.value}
      onClick={() => void create(newFlow(), (id) => route(`/flows/${id}`))}
    >
      <Icon of={Plus} />
      {shared.flows.create}
    </Button>
  );
  const example = (
    <Button
      busy={isCreating.value}
      onClick={() => void create(exampleFlow(flowsTexts.example), list.reload)}
    >
      {!isCreating.value && <Icon of={Sparkles} />}
      {isCreating.value ? shared.flows.creating : shared.flows.example}
    </Button>
  );

  return (
    <div class="page flows-page">
      <div class="page-head">
        <PageTitle title={isPersonal ? shared.flows.title : shared.nav.flows} />
        {!isEmpty && mayCreate && (
          <>
            {importing}
            {empty}
          </>
        )}
      </div>
      {failure.value && <Notice>{failure.value}</Notice>}
      {isEmpty && !mayCreate ? (
        <NoFlowsToSee />
      ) : isEmpty ? (
        <NoFlows>
          {empty}
          {example}
          {importing}
        </NoFlows>
      ) : (
        <>
          <FlowToolbar query={query} />
          {isNone ? <NoneFits /> : <FlowItems list={list} actions={actions} />}
        </>
      )}
      {isImporting.value && (
        <ImportDialog
          onClose={() => (isImporting.value = false)}
          onImported={() => {
            isImporting.value = false;
            void list.reload();
          }}
        />
      )}
    </div>
  );
}
