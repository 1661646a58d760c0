import type { RunEventType } from './run/event.js';

/** The socket event that carries each numbered event of a run's log. */
export const socketEventOf = {
  'run.started': 'session:started',
  'node.activated': 'workflow:node_activated',
  'node.completed': 'node:execution_complete',
  'node.failed': 'error:api',
  'ai.started': 'ai:processing_start',
  'ai.completed': 'ai:processing_end',
  message: 'run:message',
  'variable.set': 'run:variable_set',
  waiting: 'system:waiting_for_input',
  paused: 'run:paused',
  'control.changed': 'run:control_changed',
  'handoff.requested': 'run:handoff_requested',
  'run.finished': 'workflow:finished',
} as const satisfies Record<RunEventType, string>;

const eventTypes = new Map(
  Object.entries(socketEventOf).map(([type, name]) => [name as string, type as RunEventType]),
);

/**
 * The type of the numbered event that a socket event carries: `socketEventOf` the other way round.
 * @returns undefined for socket events without a number, such as `ai:chunk`
 */
export const eventTypeOf = (socketEvent: string): RunEventType | undefined =>
  eventTypes.get(socketEvent);
