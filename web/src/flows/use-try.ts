import { useSignal } from '@preact/signals';
import { useLocation } from 'preact-iso';
import type { ApiError } from '../api/api-error.js';
import { asApiError } from '../api/as-api-error.js';
import { openSocket } from '../realtime/socket.js';
import { startRun } from '../chat/start-run.js';

/** Starts runs of a flow's draft, and leads to them. */
export function useTry(flowId: string) {
  const { route } = useLocation();
  const isStarting = useSignal(false);
  const failure = useSignal<ApiError | undefined>(undefined);
  const start = async () => {
    isStarting.value = true;
    failure.value = undefined;
    try {
      route(`/runs/${await startRun(openSocket(), flowId)}`);
    } catch (error) {
      failure.value = asApiError(error);
      isStarting.value = false;
    }
  };
  return { isStarting, failure, start };
}
