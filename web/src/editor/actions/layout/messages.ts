import type { LaidOut, LayoutEdge, LayoutNode } from '@crmflow/layout';

/** What is to be laid out: cards with their sizes, and edges in the order of their handles. */
export type LayoutRequest = { nodes: LayoutNode[]; edges: LayoutEdge[] };

/** Upper left corners by the cards' ids. */
export type LayoutAnswer = Map<string, LaidOut>;
