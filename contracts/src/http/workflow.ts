import type { FlowInput } from '../flow/flow.js';

/** A flow in lists: all but the graph. */
export type WorkflowSummary = {
  id: string;
  name: string;
  description: string;
  isPublic: boolean;
  isTemplate: boolean;
  /** Goes up with each change; a PUT names the one that it was read at. */
  revision: number;
  nodeCount: number;
  /** ISO 8601. */
  createdAt: string;
  /** ISO 8601. */
  updatedAt: string;
};

/** A flow as it is read and written: the graph exactly as it was sent. */
export type WorkflowResource = Omit<WorkflowSummary, 'nodeCount'> & {
  nodes: FlowInput['nodes'];
  edges: FlowInput['edges'];
  variables: NonNullable<FlowInput['variables']>;
};
