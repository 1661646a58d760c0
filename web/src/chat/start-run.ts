import type { StartRun } from '@crmflow/contracts';
import { ApiError } from '../api/api-error.js';
import { isTransient, pauseMs } from '../realtime/retry.js';
import { ask, type AppSocket } from '../realtime/socket.js';
import { texts } from '../texts.js';
import { newId } from '../new-id.js';

/** How the person at this browser writes: as a customer at theirs would. */
function browserLocale(): Pick<StartRun, 'locale' | 'timezone'> {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const [locale] = Intl.getCanonicalLocales(navigator.language.replace(/-u-.*/, ''));
  // What a browser says where it does not know its zone.
  const isKnown = timeZone !== '' && timeZone !== 'Etc/Unknown';
  return { ...(locale && { locale }), ...(isKnown && { timezone: timeZone }) };
}

/** After this many questions without an answer it is better to say so. */
const mostQuestions = 4;

/**
 * Starts a run of a flow, of its draft where no version is named. Asked again under the same id
 * where no answer comes, so that there is one run however often it is asked.
 * @returns the run's id
 * @throws ApiError
 */
export async function startRun(
  socket: AppSocket,
  flowId: string,
  options: Pick<StartRun, 'mode' | 'pausePoints' | 'version' | 'revision'> = {},
): Promise<string> {
  const request = {
    version: 'draft' as const,
    ...browserLocale(),
    ...options,
    ...{ workflowId: flowId, requestId: newId() },
  };
  let last = new ApiError('unreachable', texts.failures.unreachable);
  for (let question = 0; question < mostQuestions; question++) {
    if (question > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs(question)));
    const answer = await ask(socket, 'session:start', request);
    if (answer?.ok) return answer.runId;
    // Without an answer nobody knows whether the run was started; asking again tells.
    if (!answer) continue;
    const { code, message, errors } = answer.error;
    last = new ApiError(code, message, errors);
    if (!isTransient(code)) break;
  }
  throw last;
}
