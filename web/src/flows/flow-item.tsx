import type { WorkflowSummary } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { Play } from 'lucide';
import { useLocation } from 'preact-iso';
import type { ApiError } from '../api/api-error.js';
import { asApiError } from '../api/as-api-error.js';
import { openSocket } from '../realtime/socket.js';
import { startRun } from '../run/start-run.js';
import { texts } from '../texts.js';
import { Button } from '../ui/button.js';
import { Faults } from '../ui/faults.js';
import { Icon } from '../ui/icon.js';
import { Notice } from '../ui/notice.js';
import { ago } from '../ui/when.js';

/** A flow in the list, with the button that starts a run of its draft. */
export function FlowItem({ flow }: { flow: WorkflowSummary }) {
  const { route } = useLocation();
  const isStarting = useSignal(false);
  const failure = useSignal<ApiError | undefined>(undefined);
  const start = async () => {
    isStarting.value = true;
    failure.value = undefined;
    try {
      route(`/runs/${await startRun(openSocket(), flow.id)}`);
    } catch (error) {
      failure.value = asApiError(error);
      isStarting.value = false;
    }
  };
  return (
    <li class="flow">
      <div>
        <h2>
          <a href={`/flows/${flow.id}`}>{flow.name}</a>
        </h2>
        {flow.description && <p class="description muted">{flow.description}</p>}
        <p class="facts small muted">
          <span>{texts.flows.nodes(flow.nodeCount)}</span>
          <time dateTime={flow.updatedAt}>{texts.flows.updated(ago(flow.updatedAt))}</time>
        </p>
      </div>
      <Button
        aria-label={texts.flows.tryNamed(flow.name)}
        busy={isStarting.value}
        onClick={() => void start()}
      >
        {!isStarting.value && <Icon of={Play} size={16} />}
        {isStarting.value ? texts.flows.starting : texts.flows.try}
      </Button>
      {failure.value && (
        <Notice>
          {failure.value.code === 'flow_invalid' ? texts.flows.cannotRun : failure.value.message}
          <Faults errors={failure.value.errors} />
        </Notice>
      )}
    </li>
  );
}
