import type { FlowSummary } from '@crmflow/contracts';
import { asApiError } from '../api/as-api-error.js';
import { changeFlow, cloneFlow } from '../api/flows.js';
import { download } from '../ui/download.js';
import { toast } from '../ui/toast/toast.js';
import { deletions } from './delete-flows.js';
import type { FlowList } from './flow-list.js';
import { texts } from './flows-texts.js';

/** Fields of a flow that the dashboard changes. */
export type FlowFields = Partial<
  Pick<FlowSummary, 'name' | 'description' | 'isTemplate' | 'isPublic'>
>;

function fail(error: unknown): void {
  toast(texts.notDone(asApiError(error).message), { kind: 'failed' });
}

/** What can be done with the flows of a list. @param route leads to an address */
export function createFlowActions(list: FlowList, route: (address: string) => void) {
  return {
    /** Shows the change at once, and takes it back where it could not be saved. */
    async change(flow: FlowSummary, fields: FlowFields): Promise<void> {
      list.patch(flow.id, fields);
      try {
        const { revision, updatedAt } = await changeFlow(flow.id, fields);
        list.patch(flow.id, { revision, updatedAt });
      } catch (error) {
        const { name, description, isTemplate, isPublic } = flow;
        list.patch(flow.id, { name, description, isTemplate, isPublic });
        fail(error);
      }
    },
    async duplicate({ id }: FlowSummary): Promise<void> {
      try {
        const copy = await cloneFlow(id);
        const run = () => route(`/flows/${copy.id}`);
        toast(texts.duplicated(copy.name), { action: { label: texts.openCopy, run } });
        await list.reload();
      } catch (error) {
        fail(error);
      }
    },
    export: ({ id }: FlowSummary) => download(`/api/workflows/${id}/export`),
    remove: (flow: FlowSummary) => deletions.remove(flow),
  };
}

/** What can be done with the flows of a list. */
export type FlowActions = ReturnType<typeof createFlowActions>;
