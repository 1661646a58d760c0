import type { Area2D, RenderSignal } from 'rete-area-plugin';
import type { Schemes } from './schemes.js';

/** A handle that edges are drawn from or to. */
export type SocketSignal = RenderSignal<
  'socket',
  { nodeId: string; side: 'input' | 'output'; key: string }
>;

/** What passes through the area of the canvas. */
export type AreaSignal = Area2D<Schemes> | SocketSignal;
