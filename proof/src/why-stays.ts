import type { CurrentNode, Flow, StayReason } from '@crmflow/contracts';
import {
  type AiTurnState,
  compileProgram,
  getMigrationBlocker,
  type Suspension,
} from '@crmflow/workflows/core';
import { programOf, startOf } from './start-of.js';

/** Where a run is, as its view tells it. */
export type Standing = Pick<CurrentNode, 'nodeId' | 'state'> & {
  /** What is expected of the customer; null where it waits for no reply. */
  expect: string | null;
  /** Whether a person answers in place of the flow. */
  isHeld: boolean;
};

const noTalk: AiTurnState = { calls: 0, said: 0, replies: 0, exchanges: [], todo: [], sources: [] };

/** As much of a position as tells whether a run can move. */
function positionOf({ nodes }: Flow, { nodeId, state, expect }: Standing): Suspension {
  const at = { nodeId, visit: 1, enteredAt: 0 };
  if (state === 'sleeping') return { kind: 'sleep', ...at, until: 0 };
  if (state === 'paused') return { kind: 'paused', nodeId, visit: 1, reason: 'step' };
  if (expect === null) return { kind: 'handoff', ...at, heard: [] };
  const isTalk = nodes.some(({ id, type }) => id === nodeId && type === 'ai');
  return {
    ...{ kind: 'reply', ...at, reminders: [], retriesLeft: 0, said: 0 },
    ...(expect === 'callback' && { isForCallback: true }),
    ...(isTalk && { talk: noTalk }),
  };
}

const start = startOf({ id: 'move', start: {} });

/**
 * Why a run could not move to another graph of its flow, by the rule that moves it.
 * @returns undefined where it could
 */
export function whyStays(from: Flow, to: Flow, standing: Standing): StayReason | undefined {
  if (standing.isHeld) return 'held';
  if (standing.state === 'active') return 'busy';
  const { program } = programOf(from, start);
  const position = positionOf(from, standing);
  const target = { version: 'draft' as const, ...compileProgram(to) };
  if (!getMigrationBlocker(program, { position }, target)) return undefined;
  return to.nodes.some(({ id }) => id === standing.nodeId) ? 'waits_otherwise' : 'node_missing';
}
