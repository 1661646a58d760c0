import type { FlowNodeInput, KindId } from '@crmflow/contracts';
import { nodeKinds, wireOf } from '@crmflow/contracts/nodes';
import type { Point } from './nodes.js';

/** A node as the palette gives it: with a handle for each way out, and nothing written yet. */
export function newNode(kind: KindId, id: string, label: string, position: Point): FlowNodeInput {
  const data = structuredClone(nodeKinds[kind].defaults);
  return { id, type: wireOf(kind).type, label, position, data } as FlowNodeInput;
}
