import type { FlowNodeInput } from '@crmflow/contracts';
import { handlesOf } from '@crmflow/contracts/handles';
import { ClassicPreset, type GetSchemes } from 'rete';
import { cardHeight, cardWidth } from '../canvas/geometry.js';

const socket = new ClassicPreset.Socket('flow');

/** The one way into a node, as Rete names it. */
export const inletKey = 'in';

/** A node as Rete keeps it: an id, a size and its sockets. All else is the document's. */
export class GraphNode extends ClassicPreset.Node {
  readonly width = cardWidth;
  height: number;

  constructor(node: FlowNodeInput) {
    super(node.id);
    this.id = node.id;
    this.height = cardHeight(node);
    if (node.type !== 'trigger') {
      this.addInput(inletKey, new ClassicPreset.Input(socket, undefined, true));
    }
    this.sync(node);
  }

  /** Follows the node's handles. */
  sync(node: FlowNodeInput): void {
    const handles = new Set(handlesOf(node));
    for (const key of Object.keys(this.outputs)) if (!handles.has(key)) this.removeOutput(key);
    for (const handle of handles) {
      if (!this.hasOutput(handle)) this.addOutput(handle, new ClassicPreset.Output(socket));
    }
    this.height = cardHeight(node);
  }
}

/** A wire as Rete keeps it. */
export class GraphEdge extends ClassicPreset.Connection<GraphNode, GraphNode> {
  /** Set by the connection plugin on the wire that is being drawn. */
  isPseudo?: boolean;
}

/** What the graph is made of. */
export type Schemes = GetSchemes<GraphNode, GraphEdge>;
