import { newId } from '../new-id.js';

/** Ids of nodes and edges: short, since people meet them in expressions and logs. */
export const newFlowId = () => newId().slice(0, 12);
