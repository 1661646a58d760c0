import { z } from 'zod';

/** The kinds of node in the order in which people meet them. */
export const nodeTypes = ['trigger', 'speak', 'listen', 'ai', 'logic', 'integration'] as const;

/** One of the six kinds of node. */
export const nodeTypeSchema = z.enum(nodeTypes);

/** The six kinds of node. */
export type NodeType = z.output<typeof nodeTypeSchema>;
