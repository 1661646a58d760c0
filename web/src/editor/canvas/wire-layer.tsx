import { computed, type ReadonlySignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { edgeKey, nodeKey } from '../model/record.js';
import type { DocumentReader } from '../model/store.js';
import type { Point } from '../commands/nodes.js';
import type { Editor } from '../editor.js';
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

function Wire({ editor, viewport, id }: { editor: Editor; viewport: Viewport; id: string }) {
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
    return { path, look: computed(() => (isSelected.value ? 'wire selected' : 'wire')) };
  }, [document, selection, viewport, id]);
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
  drawn,
}: {
  editor: Editor;
  viewport: Viewport;
  drawn: ReadonlySignal<{ from: Point; to: Point } | undefined>;
}) {
  const path = useMemo(
    () => computed(() => drawn.value && wirePath(drawn.value.from, drawn.value.to)),
    [drawn],
  );
  return (
    <svg class="wires" aria-hidden="true">
      {[...editor.document.edgeIds.value].map((id) => (
        <Wire key={id} editor={editor} viewport={viewport} id={id} />
      ))}
      <path class="wire-line drawn" d={path} />
    </svg>
  );
}
