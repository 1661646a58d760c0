import { z } from 'zod';
import { nodeTypes } from '../kinds.js';

/** One of the six kinds of node. */
export const nodeTypeSchema = z.enum(nodeTypes);
