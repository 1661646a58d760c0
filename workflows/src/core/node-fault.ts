import { FlowFault } from '@crmflow/expressions';
import type { Fault } from './state.js';

/** A fault of one node's execution: it leaves by the error handle, or ends the run. */
export class NodeFault extends Error {
  override readonly name = 'NodeFault';

  /**
   * @param code stable, part of the contract
   * @param message what failed and how to fix it
   * @param customerText what the customer reads instead of an answer
   */
  constructor(
    readonly code: string,
    message: string,
    readonly customerText?: string,
  ) {
    super(message);
  }
}

/** What a flow's author or visitor can cause; null for a bug of ours. */
export function faultOf(error: unknown): Fault | null {
  if (!(error instanceof NodeFault || error instanceof FlowFault)) return null;
  const { code, message } = error;
  const customerText = error instanceof NodeFault ? error.customerText : undefined;
  return { code, message, ...(customerText !== undefined && { customerText }) };
}

/** A fault as it is thrown. */
export const asNodeFault = ({ code, message, customerText }: Fault): NodeFault =>
  new NodeFault(code, message, customerText);
