import { useSignal } from '@preact/signals';
import { useLocation } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import { listFlows, loadFlow } from '../../api/flows.js';
import { FilterSelect } from '../../ui/field/filter-select.js';
import { FilterLinks } from '../../ui/tabs/filter-links.js';
import { runStatuses } from '@crmflow/contracts/kinds';
import { addressOf, type RunQuery } from './run-query.js';
import { texts } from '../runs-texts.js';
import { texts as appTexts } from '../../texts.js';

type FlowName = { id: string; name: string };

/** The flows that ran last, and the one that is chosen wherever it stands. */
async function flowNames(chosen: string | undefined): Promise<FlowName[]> {
  const { items } = await listFlows({ sort: 'lastRun', limit: '100' }, null);
  if (chosen === undefined || items.some(({ id }) => id === chosen)) return items;
  return [...items, await loadFlow(chosen).catch(() => ({ id: chosen, name: chosen }))];
}

/** Which runs are shown. */
export function RunsToolbar({ query }: { query: RunQuery }) {
  const { route } = useLocation();
  const flows = useSignal<readonly FlowName[]>([]);
  useEffect(() => {
    // Without their names one can still choose a status; the list itself tells what is wrong.
    flowNames(query.workflowId).then(
      (found) => (flows.value = found),
      () => undefined,
    );
  }, [query.workflowId]);
  const { status, workflowId = '' } = query;
  return (
    <div class="list-tools">
      <FilterSelect
        label={texts.list.flow}
        all={texts.list.allFlows}
        options={flows.value}
        value={workflowId}
        onChange={(value) =>
          route(addressOf({ ...(value && { workflowId: value }), ...(status && { status }) }))
        }
      />
      <FilterLinks
        label={texts.list.status}
        links={[undefined, ...runStatuses].map((one) => ({
          href: addressOf({ ...(workflowId && { workflowId }), ...(one && { status: one }) }),
          label: one ? appTexts.runStatuses[one] : texts.list.allStatuses,
          isCurrent: one === status,
        }))}
      />
    </div>
  );
}
