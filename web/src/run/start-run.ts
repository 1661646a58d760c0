import { ApiError } from '../api/api-error.js';
import { isPassing, pauseMs } from '../realtime/passing.js';
import type { AppSocket } from '../realtime/socket.js';
import { texts } from '../texts.js';
import { newId } from './new-id.js';

const answerMs = 10_000;
/** After this many questions without an answer it is better to say so. */
const mostQuestions = 4;

/**
 * Starts a run of a flow's draft. Asked again under the same id where no answer comes, so that
 * there is one run however often it is asked.
 * @returns the run's id
 * @throws ApiError
 */
export async function startRun(socket: AppSocket, workflowId: string): Promise<string> {
  const request = { workflowId, version: 'draft' as const, requestId: newId() };
  let last = new ApiError('unreachable', texts.failures.unreachable);
  for (let question = 0; question < mostQuestions; question++) {
    if (question > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs(question)));
    try {
      const answer = await socket.timeout(answerMs).emitWithAck('session:start', request);
      if (answer.ok) return answer.runId;
      last = new ApiError(answer.error.code, answer.error.message, answer.error.errors);
      if (!isPassing(answer.error.code)) break;
    } catch {
      // No answer in time; nobody knows whether the run was started, and asking again tells.
      last = new ApiError('unreachable', texts.failures.unreachable);
    }
  }
  throw last;
}
