import { type EventActivities, eventsDueSignal, eventsQueueOf } from '@crmflow/contracts';
import {
  condition,
  continueAsNew,
  defineSignal,
  proxyActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';

const eventsDue = defineSignal(eventsDueSignal);

/** For so long a workflow waits for more: each one that is started anew costs a history. */
const lingering = '1 hour';

/**
 * Delivers events to one endpoint, one after another. The database knows what is due and when; a signal
 * only says that something is.
 */
export async function deliverEvents(endpointId: string): Promise<void> {
  const activities = proxyActivities<EventActivities>({
    taskQueue: eventsQueueOf(workflowInfo().taskQueue),
    startToCloseTimeout: '2 minutes',
    heartbeatTimeout: '10s',
    retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '30s' },
  });
  let isDue = true;
  setHandler(eventsDue, () => {
    isDue = true;
  });
  while (isDue) {
    isDue = false;
    if ((await activities.deliverEvents(endpointId)) === 'more') isDue = true;
    if (workflowInfo().continueAsNewSuggested)
      await continueAsNew<typeof deliverEvents>(endpointId);
    if (!isDue) await condition(() => isDue, lingering);
  }
}
