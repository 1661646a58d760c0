import type { CurrentNode, RunStatus, RunView, Waiting } from '@crmflow/contracts';
import { behaviourOf } from './nodes/index.js';
import { waitingAt } from './nodes/waiting.js';
import type { Program } from './program.js';
import { wantedPausePoints } from './pause.js';
import type { ReplySuspension, RunState } from './state.js';

function statusOf({ position, held }: RunState): RunStatus {
  if (held) return 'waiting';
  switch (position.kind) {
    case 'ended':
      return position.status;
    case 'reply':
    case 'sleep':
    case 'handoff':
      return 'waiting';
    case 'paused':
      return 'paused';
    default:
      return 'running';
  }
}

const nodeStates = {
  call: 'active',
  reply: 'waiting',
  sleep: 'sleeping',
  handoff: 'waiting',
} as const;

function currentNodesOf({ position, visits }: RunState): CurrentNode[] {
  switch (position.kind) {
    case 'start':
    case 'ended':
      return [];
    case 'ready': {
      const { nodeId } = position;
      return [{ nodeId, visit: (visits[nodeId] ?? 0) + 1, state: 'active' }];
    }
    case 'paused': {
      const { nodeId, visit, reason } = position;
      return [{ nodeId, visit, state: 'paused', reason }];
    }
    case 'held': {
      const { nodeId, visit } = position;
      return [{ nodeId, visit, state: 'waiting' }];
    }
    default: {
      const { nodeId, visit, kind } = position;
      return [{ nodeId, visit, state: nodeStates[kind] }];
    }
  }
}

function waitingOf(program: Program, { nodeId, deadline }: ReplySuspension): Waiting | undefined {
  const node = program.nodes.get(nodeId);
  const expected = node && behaviourOf(node).expects?.(node.data);
  return expected && { nodeId, ...waitingAt(node, expected, deadline) };
}

/** What a run says of itself in this state. */
export function viewOf(program: Program, state: RunState): RunView {
  const { position, variables, seq } = state;
  const { held } = state;
  const waiting = position.kind === 'reply' && !held ? waitingOf(program, position) : undefined;
  return {
    status: statusOf(state),
    currentNodes: currentNodesOf(state),
    ...(waiting && { waiting }),
    ...(held && { heldBy: held.by }),
    variables,
    stepping: state.stepping,
    pausePoints: wantedPausePoints(state),
    lastSeq: seq,
    ...(position.kind === 'ended' && position.error && { error: position.error }),
  };
}
