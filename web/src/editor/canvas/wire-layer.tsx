import { computed, type ReadonlySignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { edgeKey, nodeKey } from '../model/record.js';
import type { DocumentReader } from '../model/store.js';
import type { Point } from '../commands/nodes.js';
import type { Editor } from '../editor.js';
import { outletName } from '../test/run-overlay.js';
import { endsOf, wireBounds, wirePath } from './geometry.js';
import type { Viewport } from './viewport.js';

/** The ends of a wire, followed as its nodes move. */
function followEnds(document: DocumentReader, id: string) {
  const nodeOf = (nodeId: string) => {
    const record = document.signalOf(nodeKey(nodeId)).value;
    return record?.kind === 'node' ? record.node : undefined;
  };
  return computed(() => {
    const record = document.signalOf(edgeKey(id)).value;
    return record?.kind === 'edge' ? endsOf(record.edge, nodeOf) : undefined;
  });
}

type Layer = {
  editor: Editor;
  viewport: Viewport;
  /** Handles that the run that is shown has left by. */
  taken: ReadonlySignal<ReadonlySet<string>>;
};

function Wire({ editor, viewport, taken, id }: Layer & { id: string }) {
  const { document, selection } = editor;
  const wire = useMemo(() => {
    const ends = followEnds(document, id);
    const isSeen = computed(() => {
      if (!ends.value) return false;
      const [left, top, right, bottom] = wireBounds(ends.value.from, ends.value.to);
      const { x, y, k } = viewport.transform.value;
      const { width, height } = viewport.size();
      return (
        left * k + x < width && top * k + y < height && right * k + x > 0 && bottom * k + y > 0
      );
    });
    const path = computed(() =>
      ends.value && isSeen.value ? wirePath(ends.value.from, ends.value.to) : undefined,
    );
    const isSelected = selection.hasEdge(id);
    const isTaken = computed(() => {
      const edge = document.edge(id);
      return edge !== undefined && taken.value.has(outletName(edge.source, edge.sourceHandle));
    });
    const look = computed(
      () => `wire${isSelected.value ? ' selected' : ''}${isTaken.value ? ' taken' : ''}`,
    );
    return { path, look };
  }, [document, selection, viewport, taken, id]);
  return (
    <g class={wire.look} data-edge={id}>
      <path class="wire-reach" d={wire.path} onPointerDown={() => selection.set({ edges: [id] })} />
      <path class="wire-line" d={wire.path} />
    </g>
  );
}

/** All wires, in one layer under the cards; and the one that is being drawn. */
export function WireLayer({
  editor,
  viewport,
  taken,
  drawn,
}: Layer & { drawn: ReadonlySignal<{ from: Point; to: Point } | undefined> }) {
  const path = useMemo(
    () => computed(() => drawn.value && wirePath(drawn.value.from, drawn.value.to)),
    [drawn],
  );
  return (
    <svg class="wires" aria-hidden="true">
      {[...editor.document.edgeIds.value].map((id) => (
        <Wire key={id} editor={editor} viewport={viewport} taken={taken} id={id} />
      ))}
      <path class="wire-line drawn" d={path} />
    </svg>
  );
}
