import type { FlowNodeInput } from '@crmflow/contracts';
import { handlesOf } from '@crmflow/contracts/nodes';
import { ClassicPreset, type GetSchemes, NodeEditor } from 'rete';
import type { DocumentReader } from '../model/store.js';

const socket = new ClassicPreset.Socket('flow');

/** The one way into a node, as Rete names it. */
const inletKey = 'in';

/** A node as Rete wants to see it: an id and its sockets. All else is the document's. */
export class GraphNode extends ClassicPreset.Node {
  constructor(node: FlowNodeInput) {
    super(node.id);
    this.id = node.id;
    if (node.type !== 'trigger') {
      this.addInput(inletKey, new ClassicPreset.Input(socket, undefined, true));
    }
    for (const handle of handlesOf(node)) this.addOutput(handle, new ClassicPreset.Output(socket));
  }
}

/** An edge as Rete keeps it. */
export class GraphEdge extends ClassicPreset.Connection<GraphNode, GraphNode> {
  /** Set by the connection plugin on the edge that is being drawn. */
  isPseudo?: boolean;
}

/** What the graph is made of. */
export type Schemes = GetSchemes<GraphNode, GraphEdge>;

/**
 * Rete's graph, which holds nothing of its own: what Rete asks it for is answered from the document,
 * so that the two cannot differ, and nothing is done for nodes that nobody draws an edge at.
 */
export class DocumentGraph extends NodeEditor<Schemes> {
  constructor(private readonly document: DocumentReader) {
    super();
  }

  override getNode(id: string): GraphNode {
    const node = this.document.node(id);
    if (!node) throw new Error(`There is no node ${id}.`);
    return new GraphNode(node);
  }
}
