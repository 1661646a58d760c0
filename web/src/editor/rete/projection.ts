import { effect } from '@preact/signals';
import type { NodeEditor } from 'rete';
import type { AreaPlugin } from 'rete-area-plugin';
import { nodeKey } from '../model/record.js';
import type { DocumentReader } from '../model/store.js';
import type { AreaSignal } from './area-signal.js';
import { GraphNode, type Schemes } from './schemes.js';

/** The document as Rete shows it. */
export type Projection = {
  /** Settles once all nodes of now are on the canvas. */
  settled(): Promise<void>;
  dispose(): void;
};

/**
 * Keeps Rete's nodes as the document has them, and never the other way round. Rete works
 * asynchronously: what the document wants is compared with what is there, one comparison at a
 * time, so that no order of changes can leave them apart.
 * @param added is called for each node that has come onto the canvas
 */
export function projectDocument(
  document: DocumentReader,
  graph: NodeEditor<Schemes>,
  area: AreaPlugin<Schemes, AreaSignal>,
  added: (id: string) => void,
): Projection {
  const followers = new Map<string, () => void>();
  let isOver = false;
  let work: Promise<void> = Promise.resolve();

  const follow = (id: string, node: GraphNode) =>
    effect(() => {
      const record = document.signalOf(nodeKey(id)).value;
      if (record?.kind !== 'node') return;
      node.sync(record.node);
      void area.translate(id, record.node.position);
    });

  const add = async (id: string) => {
    const node = document.node(id);
    if (!node) return;
    const shown = new GraphNode(node);
    await graph.addNode(shown);
    followers.set(id, follow(id, shown));
    added(id);
  };

  const drop = async (id: string) => {
    followers.get(id)?.();
    followers.delete(id);
    await graph.removeNode(id);
  };

  const compare = async () => {
    if (isOver) return;
    const wanted = document.nodeIds.peek();
    for (const id of [...followers.keys()]) if (!wanted.has(id)) await drop(id);
    for (const id of wanted) if (!followers.has(id)) await add(id);
  };

  const end = effect(() => {
    if (document.nodeIds.value) work = work.then(compare);
  });

  return {
    settled: () => work,
    dispose() {
      isOver = true;
      end();
      for (const stop of followers.values()) stop();
    },
  };
}
