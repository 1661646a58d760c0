import type { Ack } from '@crmflow/contracts';
import type { Conversation } from './conversation.js';

/** A node, and where it matters which visit to it. */
export type Place = { nodeId: string; visit?: number };

/** Who steps through a run over its socket; a refusal is thrown with its code. */
export type Stepper = {
  /** Waits until the run told that it is paused before this node. */
  pausedAt(nodeId: string, visit?: number): Promise<void>;
  execute(place: Place): Promise<void>;
  advance(fromNodeId: string, visit?: number): Promise<void>;
  onward(place?: Place): Promise<void>;
  pausePoints(...nodeIds: string[]): Promise<void>;
};

async function accepted(asking: Promise<Ack<{ accepted: true }>>): Promise<void> {
  const answer = await asking;
  if (!answer.ok) throw new Error(answer.error.code);
}

/** Steps through the run of a conversation. */
export function stepThrough(conversation: Conversation): Stepper {
  const { runId, socket } = conversation;
  return {
    async pausedAt(nodeId, visit = 1) {
      await conversation.see(
        'run:paused',
        (paused) => paused['nodeId'] === nodeId && paused['visit'] === visit,
      );
    },
    execute: (place) => accepted(socket.emitWithAck('node:execute', { runId, ...place })),
    advance: (fromNodeId, visit) =>
      accepted(
        socket.emitWithAck('workflow:advance', {
          ...{ runId, fromNodeId },
          ...(visit !== undefined && { visit }),
        }),
      ),
    onward: (place = {} as Place) =>
      accepted(socket.emitWithAck('workflow:continue', { runId, ...place })),
    pausePoints: (...nodeIds) =>
      accepted(socket.emitWithAck('workflow:pause_points', { runId, nodeIds })),
  };
}
