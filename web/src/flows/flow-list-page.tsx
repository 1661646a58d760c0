import { useSignal } from '@preact/signals';
import { FileUp, Plus, Sparkles } from 'lucide';
import { useLocation } from 'preact-iso';
import { useEffect, useMemo } from 'preact/hooks';
import { asApiError } from '../api/as-api-error.js';
import { createWorkflow, listWorkflows } from '../api/workflows.js';
import { texts } from '../texts.js';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { Notice } from '../ui/notice.js';
import { PageTitle } from '../ui/page-title.js';
import { deletions } from './delete-flows.js';
import { exampleFlow } from './example-flow.js';
import { createFlowActions } from './flow-actions.js';
import { FlowItems } from './flow-items.js';
import { createFlowList } from './flow-list.js';
import { paramsOf, readFlowQuery } from './flow-query.js';
import { FlowToolbar } from './flow-toolbar.js';
import { ImportDialog } from './import-dialog.js';
import { newFlow } from './new-flow.js';
import { NoFlows, NoneFits } from './no-flows.js';
import { useReturn } from './use-return.js';
import './flows.css';
import { texts as flowsTexts } from './flows-texts.js';

/** The signed-in user's flows, at `/`. */
export function FlowListPage() {
  const { route, query: params } = useLocation();
  const query = readFlowQuery(params);
  const list = useMemo(() => createFlowList(listWorkflows, deletions.hidden), []);
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
      await then((await createWorkflow(flow)).id);
    } catch (error) {
      failure.value = asApiError(error).message;
    }
    isCreating.value = false;
  };
  const isEverything = query.q === '' && query.show === 'all';
  const isNone = list.state.value === 'ready' && list.items.value.length === 0;
  const isEmpty = isNone && isEverything;
  const importing = (
    <Button onClick={() => (isImporting.value = true)}>
      <Icon of={FileUp} />
      {texts.flows.import}
    </Button>
  );
  const empty = (
    <Button
      kind="primary"
      disabled={isCreating.value}
      onClick={() => void create(newFlow(), (id) => route(`/flows/${id}`))}
    >
      <Icon of={Plus} />
      {texts.flows.create}
    </Button>
  );
  const example = (
    <Button
      busy={isCreating.value}
      onClick={() => void create(exampleFlow(flowsTexts.example), list.reload)}
    >
      {!isCreating.value && <Icon of={Sparkles} />}
      {isCreating.value ? texts.flows.creating : texts.flows.example}
    </Button>
  );

  return (
    <div class="page flows-page">
      <div class="page-head">
        <PageTitle title={texts.flows.title} />
        {!isEmpty && (
          <>
            {importing}
            {empty}
          </>
        )}
      </div>
      {failure.value && <Notice>{failure.value}</Notice>}
      {isEmpty ? (
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
