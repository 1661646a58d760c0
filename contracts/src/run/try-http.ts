import type { DataOf } from '../flow/node.js';
import type { TriedHttp, TryHttp } from '../http/try-http.js';
import type { CallHttpInput } from './calls.js';
import type { RunError } from './parts.js';

/** Name of the workflow type that tries one request outside of a run. */
export const tryHttpType = 'tryHttp';

/** Input of the `tryHttp` workflow. */
export type TryHttpInput = Omit<TryHttp, 'data'> & {
  data: DataOf<'http'>;
  /** Of this try, in the place of a run's id: the idempotency key begins with it. */
  tryId: string;
  /** Whose stored keys it may use. */
  ownerId: string;
  workflowId: string;
  /** Epoch milliseconds. */
  at: number;
};

/** What came of it: an answer of the service, or why there is none. */
export type TryHttpResult =
  { ok: true; answer: TriedHttp } | { ok: false; error: Omit<RunError, 'nodeId'> };

/** The activities of the `tryHttp` workflow. */
export interface TryActivities {
  /** Sends a rendered request once, with a key of its owner where it names one. */
  sendTry(input: { ownerId: string; request: CallHttpInput }): Promise<TryHttpResult>;
}
