import type { RunVersion } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { RotateCcw } from 'lucide';
import { useLocation } from 'preact-iso';
import { asApiError } from '../../api/as-api-error.js';
import { openSocket } from '../../realtime/socket.js';
import { texts } from '../../texts.js';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { Notice } from '../../ui/notice.js';
import { startRun } from '../../chat/start-run.js';

/** What takes the composer's place once the run has ended. */
export function RunEnd({ workflowId, version }: { workflowId: string; version: RunVersion }) {
  const { route } = useLocation();
  const isStarting = useSignal(false);
  const failure = useSignal('');
  const again = async () => {
    isStarting.value = true;
    failure.value = '';
    try {
      route(`/runs/${await startRun(openSocket(), workflowId, { version })}`);
    } catch (error) {
      failure.value = asApiError(error).message;
    }
    isStarting.value = false;
  };
  return (
    <div class="run-end">
      <p class="muted">{texts.composer.ended}</p>
      <Button kind="primary" busy={isStarting.value} onClick={() => void again()}>
        {!isStarting.value && <Icon of={RotateCcw} size={16} />}
        {isStarting.value ? texts.flows.starting : texts.run.again}
      </Button>
      {failure.value && <Notice>{failure.value}</Notice>}
    </div>
  );
}
