import type { RunError } from '@crmflow/contracts';
import { FlowFault } from '@crmflow/expressions';

/** A fault of one node's execution: it leaves by the error handle, or ends the run. */
export class NodeFault extends Error {
  override readonly name = 'NodeFault';

  /**
   * @param code stable, part of the contract
   * @param message what failed and how to fix it
   */
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Code and message of what a flow's author or visitor can cause; null for a bug of ours. */
export function faultOf(error: unknown): Omit<RunError, 'nodeId'> | null {
  if (!(error instanceof NodeFault || error instanceof FlowFault)) return null;
  return { code: error.code, message: error.message };
}
