import { useSignal } from '@preact/signals';
import { FileUp, Plus, Sparkles } from 'lucide';
import { useLocation } from 'preact-iso';
import { useEffect, useMemo } from 'preact/hooks';
import { asApiError } from '../api/as-api-error.js';
import { createWorkflow } from '../api/workflows.js';
import { texts } from '../texts.js';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { Notice } from '../ui/notice.js';
import { PageTitle } from '../ui/page-title.js';
import { exampleFlow } from './example-flow.js';
import { FlowItem } from './flow-item.js';
import { createFlowList } from './flow-list.js';
import { newFlow } from './new-flow.js';
import { ImportDialog } from './import-dialog.js';
import './flows.css';

type FlowList = ReturnType<typeof createFlowList>;

function Skeletons() {
  return (
    <div class="flows" role="status">
      <span class="visually-hidden">{texts.flows.loading}</span>
      <div class="flow skeleton" />
      <div class="flow skeleton" />
      <div class="flow skeleton" />
    </div>
  );
}

function Items({ list }: { list: FlowList }) {
  const { items, state, failure, nextCursor } = list;
  return (
    <>
      {state.value === 'loading' && items.value.length === 0 && <Skeletons />}
      <ul class="flows">
        {items.value.map((flow) => (
          <FlowItem key={flow.id} flow={flow} />
        ))}
      </ul>
      {state.value === 'failed' && (
        <Notice
          action={
            <Button size="small" onClick={() => void list.reload()}>
              {texts.tryAgain}
            </Button>
          }
        >
          {texts.flows.failed}. {failure.value?.message}
        </Notice>
      )}
      {nextCursor.value !== null && state.value !== 'failed' && (
        <div class="more">
          <Button busy={state.value === 'loading'} onClick={() => void list.more()}>
            {texts.flows.more}
          </Button>
        </div>
      )}
    </>
  );
}

/** The signed-in user's flows. */
export function FlowListPage() {
  const { route } = useLocation();
  const list = useMemo(createFlowList, []);
  const isImporting = useSignal(false);
  const isCreating = useSignal(false);
  const failure = useSignal('');
  useEffect(() => void list.reload(), [list]);

  const createExample = async () => {
    isCreating.value = true;
    failure.value = '';
    try {
      await createWorkflow(exampleFlow);
      await list.reload();
    } catch (error) {
      failure.value = asApiError(error).message;
    }
    isCreating.value = false;
  };
  const createEmpty = async () => {
    isCreating.value = true;
    failure.value = '';
    try {
      route(`/flows/${(await createWorkflow(newFlow())).id}`);
    } catch (error) {
      failure.value = asApiError(error).message;
      isCreating.value = false;
    }
  };
  const isEmpty = list.state.value === 'ready' && list.items.value.length === 0;
  const importing = (
    <Button onClick={() => (isImporting.value = true)}>
      <Icon of={FileUp} />
      {texts.flows.import}
    </Button>
  );
  const empty = (
    <Button kind="primary" disabled={isCreating.value} onClick={() => void createEmpty()}>
      <Icon of={Plus} />
      {texts.flows.create}
    </Button>
  );
  const example = (
    <Button busy={isCreating.value} onClick={() => void createExample()}>
      {!isCreating.value && <Icon of={Sparkles} />}
      {isCreating.value ? texts.flows.creating : texts.flows.example}
    </Button>
  );

  return (
    <div class="page">
      <div class="page-head">
        <PageTitle title={texts.flows.title} />
        {!isEmpty && (
          <>
            {importing}
            {example}
            {empty}
          </>
        )}
      </div>
      {failure.value && <Notice>{failure.value}</Notice>}
      {isEmpty ? (
        <section class="empty">
          <h2>{texts.flows.empty}</h2>
          <p class="muted">{texts.flows.emptyText}</p>
          <div class="actions">
            {empty}
            {example}
            {importing}
          </div>
        </section>
      ) : (
        <Items list={list} />
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
