import type { RunSnapshot } from '@crmflow/contracts';
import type { RunSocket } from './client.js';
import type { Told } from './conversation.js';
import { until } from './until.js';

/** A socket that attached to a run, and all that it was told of it. */
export type Follower = {
  snapshot: RunSnapshot;
  told: Told['payload'][];
  /** Waits until it was told this event. */
  sees(seq: number): Promise<void>;
};

/** Attaches a socket to a run and notes what comes after the acknowledgement. */
export async function follow(
  socket: RunSocket,
  runId: string,
  afterSeq?: number,
): Promise<Follower> {
  const told: Told['payload'][] = [];
  socket.onAny((_: string, payload: Told['payload']) => {
    if (payload['runId'] === runId && payload.seq !== undefined) told.push(payload);
  });
  const answer = await socket.emitWithAck('session:start', {
    runId,
    ...(afterSeq !== undefined && { afterSeq }),
  });
  if (!answer.ok) throw new Error(`${answer.error.code}: ${answer.error.message}`);
  return {
    snapshot: answer.snapshot,
    told,
    async sees(seq) {
      await until(`event ${seq} of ${runId}`, () => told.some((one) => one.seq === seq));
    },
  };
}
