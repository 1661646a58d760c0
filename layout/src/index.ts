export { type LaidOut, layOut, type LayoutEdge, type LayoutNode } from './lay-out.js';
