import type { Edge, FlowNodeInput } from '@crmflow/contracts';
import type { Direction, Point } from '@crmflow/layout';

/** What is to be laid out. */
export type LayoutRequest = { nodes: FlowNodeInput[]; edges: Edge[]; direction: Direction };

/** Upper left corners by the nodes' ids. */
export type LayoutAnswer = Map<string, Point>;
