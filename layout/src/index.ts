export { askPairs, type AskPairs } from './ask.js';
export * from './card.js';
export { layOut, type LayoutEdge, type LayoutNode } from './lay-out.js';
export { directionOf, layOutFlow } from './lay-out-flow.js';
