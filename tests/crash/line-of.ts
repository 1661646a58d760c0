import type { Json } from '@crmflow/contracts';
import type { Line } from './errand-flow.js';

/** What a line says but for what no story can foresee: how long a node took, and token counts. */
export function lineOf({ type, nodeId, visit, data }: Line): Line {
  const { durationMs: _, usage: __, output: ___, ...rest } = data as { [name: string]: Json };
  return {
    type,
    ...(nodeId !== undefined && { nodeId }),
    ...(visit !== undefined && { visit }),
    data: rest,
  };
}
