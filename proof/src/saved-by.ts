import { type FlowNode, isKind } from '@crmflow/contracts';

/** The variable that keeps what a call of a node brings, where there is one. */
export const savedBy = (node: FlowNode): string | undefined =>
  isKind(node, 'http') || isKind(node, 'flow') ? node.data.saveAs : undefined;
